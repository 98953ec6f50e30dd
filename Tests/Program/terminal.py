"""The program on a pseudo-terminal, and its screen as a person would see it."""

import os
import re
import time

import pexpect
import pyte

from conftest import PROGRAM, private_environment


class Terminal:
    """Drives a program; waits on what stands on the screen, never on the clock alone."""

    def __init__(self, home, rows=24, columns=80, command=None, **environment):
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.child = pexpect.spawn(
            str(command or PROGRAM),
            dimensions=(rows, columns),
            env=private_environment(home, **environment),
            timeout=10,
        )
        self.child.delaybeforesend = None

    def feed(self, seconds=0.02):
        """Takes over whatever the program has written."""
        try:
            data = self.child.read_nonblocking(65536, timeout=seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.raw += data
        # pyte knows no bracketed-paste mode and no erasing of the scrollback; neither moves anything.
        self.stream.feed(re.sub(rb"\x1b\[\?2004[hl]|\x1b\[3J", b"", data))
        return True

    def settle(self):
        """Until the program has been silent for a moment."""
        while self.feed(0.08):
            pass

    def send(self, text):
        self.child.send(text)

    def line(self, text):
        self.send(text + "\r")

    def wait(self, condition, what, seconds=5):
        deadline = time.monotonic() + seconds
        while not condition():
            if not self.feed() and time.monotonic() > deadline:
                raise AssertionError(f"{what} not on screen:\n{self.text()}")

    def wait_for(self, text):
        # A row shows no blanks at its end.
        self.wait(lambda: text.rstrip() in self.text(), repr(text))
        self.settle()

    def wait_gone(self, text):
        self.wait(lambda: text not in self.text(), f"absence of {text!r}")
        self.settle()

    def rows(self):
        """Rows of the screen; the filler cell behind a wide character is taken out."""
        return ["".join(self.screen.buffer[y][x].data for x in range(self.screen.columns)).rstrip() for y in range(self.screen.lines)]

    def text(self):
        return "\n".join(self.rows())

    def resize(self, rows, columns):
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)
        self.settle()

    def signal(self, number):
        os.kill(self.child.pid, number)

    def end(self):
        """Exit status once the program has ended; minus the signal when it was killed by one."""
        self.child.expect(pexpect.EOF)
        self.raw += self.child.before or b""
        self.stream.feed(self.child.before or b"")
        self.child.close()
        return self.child.exitstatus if self.child.signalstatus is None else -self.child.signalstatus

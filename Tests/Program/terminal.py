"""The program on a pseudo-terminal, and its screen as a person would see it."""

import os
import re
import signal
import time

import pexpect
import pyte
from wcwidth import wcwidth

from conftest import PROGRAM, private_environment


class Screen(pyte.HistoryScreen):
    """pyte's screen, made as strict as a terminal where the two differ."""

    # Between saving the cursor and restoring it, the picture is not whole.
    is_painting = False

    def save_cursor(self):
        super().save_cursor()
        self.is_painting = True

    def restore_cursor(self):
        super().restore_cursor()
        self.is_painting = False

    def draw(self, data):
        for char in data:
            # A wide character does not fit into the last column: it goes to the next row as a whole.
            if wcwidth(char) == 2 and self.cursor.x == self.columns - 1:
                self.cursor.x = self.columns
            super().draw(char)

    def set_margins(self, top=None, bottom=None):
        super().set_margins(top, bottom)
        # Giving the whole screen back moves the cursor home, as setting a region does.
        if top is None and bottom is None:
            self.cursor_position()

    def resize(self, lines=None, columns=None):
        # Rows are dropped at the top, and the cursor moves with what stays.
        y, x = self.cursor.y - max(0, self.lines - (lines or self.lines)), self.cursor.x
        super().resize(lines, columns)
        self.cursor_position(max(0, y) + 1, min(x, self.columns - 1) + 1)

    def erase_in_display(self, how=0, *arguments, **options):
        # Erasing what has left the screen leaves the screen alone.
        if how == 3:
            self.history.top.clear()
        else:
            super().erase_in_display(how, *arguments, **options)


class Terminal:
    """Drives a program. Whoever asks waits for what is to stand on the screen, never for the clock."""

    def __init__(self, home, rows=24, columns=80, command=None, arguments=(), **environment):
        self.screen = Screen(columns, rows, history=2000)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.child = pexpect.spawn(
            str(command or PROGRAM),
            list(arguments),
            dimensions=(rows, columns),
            cwd=str(home),
            env=private_environment(home, **environment),
            timeout=10,
        )
        self.child.delaybeforesend = None
        # Closing waits this long for each of its signals to be heeded.
        self.child.ptyproc.delayafterclose = self.child.ptyproc.delayafterterminate = 0.02
        self.child.delayafterclose = self.child.delayafterterminate = 0.02

    # What the program writes

    def feed(self, seconds=0.02):
        """Takes over what the program has written; False when that is nothing."""
        try:
            data = self.child.read_nonblocking(65536, timeout=seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.raw += data
        self.stream.feed(data)
        return True

    def wait(self, condition, what, seconds=5):
        deadline = time.monotonic() + seconds
        while True:
            while self.feed(0):
                pass
            is_late = time.monotonic() > deadline
            if (is_late or not self.screen.is_painting) and condition():
                return
            if not self.feed() and is_late:
                raise AssertionError(f"{what}: not so.\n{self.picture()}")

    def wait_for(self, text):
        # A row shows no blanks at its end.
        self.wait(lambda: text.rstrip() in self.screen_text(), repr(text))

    def wait_gone(self, text):
        self.wait(lambda: text not in self.screen_text(), f"{text!r} gone")

    def wait_prompt(self, prompt, typed=""):
        """Until the cursor stands behind this prompt and, where given, what is typed there."""
        wanted = f"{prompt.rstrip()} {typed}".rstrip()
        self.wait(lambda: self.row_at_cursor == wanted and self.screen.cursor.x > 0, f"cursor behind {wanted!r}")

    def settle(self):
        """Until the program has been silent for a moment: only where a test shows that nothing happens."""
        while self.feed(0.08):
            pass

    # The screen

    def row(self, number):
        line = self.screen.buffer[number]
        # The cell behind a wide character holds nothing.
        return "".join(line[x].data for x in range(self.screen.columns)).rstrip()

    @property
    def rows(self):
        return [self.row(number) for number in range(self.screen.lines)]

    @property
    def row_at_cursor(self):
        return self.row(self.screen.cursor.y)

    @property
    def scrollback(self):
        """What has left the screen at the top and can still be scrolled back to."""
        return ["".join(line[x].data for x in range(self.screen.columns)).rstrip() for line in self.screen.history.top]

    def screen_text(self):
        return "\n".join(self.rows)

    def picture(self):
        rows = "\n".join(f"{number:2}|{row}" for number, row in enumerate(self.rows))
        return f"{rows}\ncursor in row {self.screen.cursor.y}, column {self.screen.cursor.x}"

    # What the operator does

    def send(self, text):
        self.child.send(text)

    def line(self, text):
        self.send(text + "\r")

    def paste(self, text):
        self.send(f"\x1b[200~{text}\x1b[201~")

    def resize(self, rows, columns):
        while self.feed(0):
            pass
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def signal(self, number):
        os.kill(self.child.pid, number)

    def kill(self):
        """Ends it whatever it is doing, and waits until it is gone."""
        if self.child.closed:
            return
        if self.child.isalive():
            os.kill(self.child.pid, signal.SIGKILL)
            self.child.wait()
        self.child.close()

    def end(self):
        """Exit status once the program has ended; minus the signal when one killed it."""
        self.child.expect(pexpect.EOF)
        self.raw += self.child.before or b""
        self.stream.feed(self.child.before or b"")
        self.child.wait()
        self.child.close()
        return self.child.exitstatus if self.child.signalstatus is None else -self.child.signalstatus

    @property
    def region_is_reset(self):
        """Whether the last word on the scroll region gives the whole screen back."""
        return (re.findall(rb"\x1b\[([\d;]*)r", self.raw) or [b""])[-1] == b""

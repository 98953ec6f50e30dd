"""What every test of the program as a whole needs: the program, and a home of its own for each run."""

import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("FANZHA_PROGRAM", ROOT / ".build/release/fanzha"))


def private_environment(home, **changes):
    """An environment that knows nothing of the one running the tests."""
    environment = {
        "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "FANZHA_KNOWLEDGE": str(ROOT / "Knowledge"),
    }
    environment.update(changes)
    return {name: value for name, value in environment.items() if value is not None}


@pytest.fixture
def run(tmp_path):
    """Runs the program to its end; text or bytes in, text out."""

    def run(*arguments, stdin=b"", cwd=None, **environment):
        if isinstance(stdin, str):
            stdin = stdin.encode()
        result = subprocess.run(
            [str(PROGRAM), *map(str, arguments)],
            input=stdin,
            capture_output=True,
            timeout=60,
            cwd=cwd or tmp_path,
            env=private_environment(tmp_path, **environment),
        )
        result.out = result.stdout.decode()
        result.err = result.stderr.decode()
        return result

    return run

"""What every test of the program as a whole needs: the program, and a home of its own for each run."""

import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("FANZHA_PROGRAM", ROOT / ".build/release/fanzha"))
KNOWLEDGE = ROOT / "Knowledge"
DIALOGUES = sorted((KNOWLEDGE / "dialogues").glob("*.jsonl"))


def pytest_sessionstart(session):
    if not PROGRAM.is_file():
        pytest.exit(f"no program at {PROGRAM}: build it, or name it in FANZHA_PROGRAM", returncode=2)


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
        "FANZHA_KNOWLEDGE": str(KNOWLEDGE),
    }
    environment.update(changes)
    return {name: value for name, value in environment.items() if value is not None}


def runner(home):
    """Runs the program to its end in ``home``; text or bytes in, text out."""

    def run(*arguments, stdin=b"", cwd=None, **environment):
        if isinstance(stdin, str):
            stdin = stdin.encode()
        result = subprocess.run(
            [str(PROGRAM), *map(str, arguments)],
            input=stdin,
            capture_output=True,
            timeout=60,
            cwd=cwd or home,
            env=private_environment(home, **environment),
        )
        # Output is UTF-8 whatever came in.
        result.out = result.stdout.decode()
        result.err = result.stderr.decode()
        return result

    return run


@pytest.fixture
def run(tmp_path):
    return runner(tmp_path)


def json_lines(text):
    return [json.loads(line) for line in text.splitlines()]


def recordings():
    """Every recorded dialogue of the knowledge base, in the order of its files."""
    return [json.loads(line) for path in DIALOGUES for line in path.read_text().splitlines()]


@pytest.fixture(scope="session")
def replayed(tmp_path_factory):
    """The recorded dialogues replayed once as JSON, for every test that only reads the result."""
    return runner(tmp_path_factory.mktemp("replayed"))("replay", "--format", "json", *DIALOGUES)

"""The README is true to the word."""

import re
import shutil
import subprocess

from conftest import PROGRAM, ROOT, private_environment

README = (ROOT / "README.md").read_text()


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_transcript_is_what_the_program_prints(tmp_path):
    transcript = next(block for block in blocks("console") if block.startswith("$ "))
    command, expected = transcript[2:].split("\n", 1)
    command = command.replace("Scripts/run", str(PROGRAM))
    result = subprocess.run(["bash", "-c", command], capture_output=True, env=private_environment(tmp_path), timeout=60)
    assert result.stdout.decode() == expected


def test_the_help_is_what_the_program_prints(run):
    shown = next(block for block in blocks("console") if block.startswith("命令"))
    assert run(stdin="/help\n").out == shown


def test_every_command_for_programs_runs(run, tmp_path):
    lines = [line.split("#")[0].strip() for block in blocks("sh") for line in block.splitlines()]
    commands = [line for line in lines if line.startswith("Scripts/run ")]
    assert len(commands) >= 12
    # The repository's folder as far as the commands name it, and a journal to look at.
    shutil.copytree(ROOT / "Knowledge", tmp_path / "Knowledge")
    run(stdin="网上认识的\n")
    for command in (command.replace("OLD NEW", "Knowledge Knowledge") for command in commands):
        result = subprocess.run(
            ["bash", "-c", command.replace("Scripts/run", str(PROGRAM))],
            capture_output=True, cwd=tmp_path, env=private_environment(tmp_path), timeout=60,
        )
        assert result.returncode == 0 and result.stdout, (command, result.stderr.decode())


def test_every_target_is_described():
    for folder in (ROOT / "Sources").iterdir():
        if folder.is_dir():
            assert f"`{folder.name}`" in README, folder.name

"""Whatever comes in, the program reads it or says what is wrong. It never stops halfway."""

import json

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "\x00", "转\x00账", "\x1b[31m红\x1b[0m", "\x1b]0;title\x07", "\u202e反转", "😀👩‍👩‍👧", "\u0301" * 300, " ", "？？？",
        "a" * 1_000_000, "网上认识的没见过面" * 60_000, "没有" * 200_000, "万" * 300_000, "9" * 300_000, "(" * 100_000,
    ],
    ids=range(15),
)
def test_any_line_is_read(run, text):
    result = run("advise", "--quiet", stdin=text + "\n你好\n")
    assert result.returncode == 0, result.err[:500]
    assert b"\x1b" not in result.stdout and b"\x00" not in result.stdout
    assert "\u202e" not in result.out
    assert "你好" in result.out


def test_a_line_that_is_no_text_is_named_and_the_rest_goes_on(run):
    for arguments in [["advise", "--quiet"], []]:
        result = run(*arguments, stdin=b"\xff\xfe\n\xe4\xbd\xa0\xe5\xa5\xbd\n")
        assert result.returncode == 65
        assert "stdin:1" in result.err
        assert "你好" in result.out


def test_nothing_is_not_wrong(run):
    assert run("advise", stdin="").returncode == 0
    assert run(stdin="").returncode == 0


def test_bad_records_are_named_and_good_ones_processed(run, tmp_path):
    good = json.dumps({"id": "good", "turns": [{"speaker": "customer", "text": "你好"}]})
    bad = ["{", "[" * 100_000, "null", '{"turns":[{"speaker":"robot","text":"x"}]}', '{"turns":5}', '{"id":1,"turns":[]}', "客户:你好"]
    (tmp_path / "a.jsonl").write_text("\n".join([good, *bad, good]) + "\n")
    for command in ["replay", "evaluate"]:
        result = run(command, "--format", "json", "a.jsonl")
        assert result.returncode == 65
        for number in range(2, len(bad) + 2):
            assert f"a.jsonl:{number}:" in result.err
    assert run("replay", "--format", "json", "a.jsonl").out.count('"dialogue":"good"') == 2


def test_files_that_are_none(run, tmp_path):
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "empty.jsonl").write_bytes(b"")
    for name, code, word in [("nowhere.jsonl", 74, "没有这个文件"), ("folder.jsonl", 74, "是目录")]:
        result = run("replay", name)
        assert result.returncode == code and word in result.err, result.err
    result = run("replay", "empty.jsonl")
    assert result.returncode == 0 and "是空的" in result.err


def test_gb18030_is_recognised_and_read_when_said_so(run, tmp_path):
    (tmp_path / "old.txt").write_bytes("柜员:给谁转?\r\n客户:网上认识的,没见过面\r\n".encode("gb18030"))
    result = run("replay", "old.txt")
    assert result.returncode == 65 and "--encoding gb18030" in result.err
    result = run("replay", "--quiet", "--encoding", "gb18030", "old.txt")
    assert result.returncode == 0 and "暂停" in result.out


def test_byte_order_mark_and_carriage_returns(run, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + "客户:你好\r\n柜员:您好\r\n".encode())
    found = [json.loads(line) for line in run("replay", "--format", "json", "a.txt").out.splitlines()]
    assert [line["speaker"] for line in found] == ["customer", "staff"]


def test_control_sequences_in_a_recording_do_not_reach_the_screen(run, tmp_path):
    record = {"id": "\x1b[2J", "turns": [{"speaker": "customer", "text": "\x1b[31m\x9b31m网友\n第二行"}]}
    (tmp_path / "a.jsonl").write_text(json.dumps(record))
    out = run("replay", "a.jsonl").stdout
    assert b"\x1b" not in out and b"\xc2\x9b" not in out


def test_a_full_disk_is_said_so(run):
    import subprocess

    from conftest import PROGRAM, private_environment
    import pathlib

    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            [PROGRAM, "advise", "你好"], stdout=full, stderr=subprocess.PIPE, env=private_environment(pathlib.Path("/tmp")), timeout=60
        )
    assert result.returncode == 74

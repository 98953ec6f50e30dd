"""Whatever comes in, the program reads it or says what is wrong. It never stops halfway."""

import json
import re
import subprocess
import unicodedata

import pytest

from conftest import PROGRAM, json_lines, private_environment

GOOD = {"id": "good", "turns": [{"speaker": "customer", "text": "网上认识的,没见过面"}]}
# Neither may ever reach a terminal: controls (C0, DEL, C1), marks that reorder text, separators of lines.
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

ODD_LINES = {
    "zero byte": "\x00",
    "zero byte inside": "转\x00账",
    "only controls": "\x01\x02\x7f\x85\x9b",
    "colour": "\x1b[31m红\x1b[0m",
    "title": "\x1b]0;title\x07",
    "one-byte introducer": "\x9b2J",
    "reordering": "\u202e反转\u2066",
    "line separators": "一\u2028二\u2029三\x0b四\x0c五",
    "emoji": "😀👩‍👩‍👧🇨🇳",
    "lone combining marks": "\u0301" * 300,
    "not a character": "\ufffe\uffff\U0010ffff",
    "ideographic blanks": "\u3000\u3000",
    "marks": "？？？",
    "far planes": "𠮷𪚥𫠝",
    "brackets": "(" * 5_000,
}


def test_odd_lines_are_turns_like_others(run):
    texts = list(ODD_LINES.values())
    for arguments in [["advise", "--quiet"], ["console", "--quiet"]]:
        result = run(*arguments, stdin="".join(text + "\n" for text in texts) + "网上认识的,没见过面\n")
        assert result.returncode == 0, result.err[:500]
        assert not UNSAFE.search(result.out), repr(UNSAFE.search(result.out))
        # Lines of blanks alone are no turns; the last line is read as ever.
        assert re.search(r"^\d+ 客户: 网上认识的,没见过面$", result.out, re.MULTILINE)
        assert result.out.splitlines()[-4].startswith("  [||] 暂停")


def test_json_keeps_odd_text_and_stays_one_line_a_turn(run):
    texts = [text for text in ODD_LINES.values() if "\x00" not in text]
    result = run("advise", "--format", "json", *texts)
    assert result.returncode == 0
    assert [line["turn"] for line in map(json.loads, result.out.rstrip("\n").split("\n"))] == list(range(1, len(texts) + 1))
    assert "\x1b" not in result.out


LONG_LINES = {
    "a megabyte": "a" * 1_000_000,
    "a megabyte of Chinese": "网上认识的没见过面" * 37_000,
    "negations": "没有" * 20_000,
    "units": "万" * 20_000,
    "digits": "9" * 100_000,
    "commas": "," * 100_000,
    "marks": "说\u0301" * 20_000,
}


def test_a_line_of_any_length_is_read(run):
    result = run("advise", "--quiet", stdin="".join(text + "\n" for text in LONG_LINES.values()) + "你好\n")
    assert result.returncode == 0, result.err[:500]
    assert f"\n{len(LONG_LINES) + 1} 客户: 你好\n" in result.out


def test_a_line_that_is_no_text_is_named_and_the_rest_goes_on(run):
    lines = [b"\xff\xfe", "你好".encode(), "你好".encode("gb18030"), b"\xed\xa0\x80", b"\xc0\xaf", "再见".encode()]
    for arguments in [["advise", "--quiet"], ["console", "--quiet"]]:
        result = run(*arguments, stdin=b"\n".join(lines) + b"\n")
        assert result.returncode == 65
        assert re.findall(r"stdin:(\d+)", result.err) == ["1", "3", "4", "5"]
        assert "1 客户: 你好" in result.out and "2 客户: 再见" in result.out


def test_an_argument_that_is_no_text_does_no_harm(run):
    result = subprocess.run(
        [PROGRAM, "advise", "--quiet", b"\xff\xfe\x80"], capture_output=True, timeout=60, env=private_environment(PROGRAM.parent)
    )
    assert result.returncode in (0, 2, 65) and b"crashed" not in result.stderr
    result.stdout.decode()


def test_nothing_is_not_wrong(run):
    for arguments, stdin in [(["advise"], b""), ([], b""), (["advise", "--format", "json"], b"\r\n \t\r\n"), ([], b"\n\n")]:
        result = run(*arguments, stdin=stdin)
        assert (result.returncode, result.out, result.err) == (0, "", ""), (arguments, stdin)


BAD_RECORDS = {
    "cut short": '{"id":"a","turns":[{"speaker":"cust',
    "an open brace": "{",
    "deep": "[" * 100_000,
    "deep inside": '{"turns":' + "[" * 100_000,
    "null": "null",
    "a number": "5",
    "no text": '"turns"',
    "an unknown speaker": '{"turns":[{"speaker":"robot","text":"x"}]}',
    "an unknown channel": '{"channel":"mail","turns":[]}',
    "turns that are no list": '{"turns":5}',
    "no turns": '{"id":"a"}',
    "a turn without words": '{"turns":[{"speaker":"customer"}]}',
    "an id that is no text": '{"id":1,"turns":[]}',
    "an unknown verdict": '{"truth":{"verdict":"maybe"},"turns":[]}',
    "a level that is no number": '{"truth":{"verdict":"scam","level_min":"high"},"turns":[]}',
    "half a pair": '{"turns":[{"speaker":"customer","text":"\\ud800"}]}',
    "two objects": '{"turns":[]}{"turns":[]}',
    "spoken words": "客户:你好",
}


@pytest.mark.parametrize("command", ["replay", "evaluate"])
def test_bad_records_are_named_and_good_ones_processed(run, tmp_path, command):
    lines = [json.dumps(GOOD), "", *BAD_RECORDS.values(), json.dumps(GOOD, ensure_ascii=False)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n")
    result = run(command, "--format", "json", "a.jsonl")
    assert result.returncode == 65
    named = [int(number) for number in re.findall(r"^错误\[\w+\] a\.jsonl:(\d+):", result.err, re.MULTILINE)]
    wanted = list(range(3, len(BAD_RECORDS) + 3))
    assert named == wanted, {name for name, number in zip(BAD_RECORDS, wanted) if number not in named}
    assert result.err.count("怎么办") == len(BAD_RECORDS)
    found = json_lines(result.out)
    if command == "replay":
        assert [line["dialogue"] for line in found] == ["good", "good"]
        assert found[0]["advice"] == found[1]["advice"] and found[0]["advice"]["levelName"] == "pause"
    else:
        assert found[0]["dialogues"] == 2


def test_a_bad_file_does_not_stop_the_others(run, tmp_path):
    (tmp_path / "good.jsonl").write_text(json.dumps(GOOD) + "\n")
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "empty.jsonl").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b"\n \r\n")
    # What is empty is worth a warning; what cannot be read is an error.
    for code, problems in [
        (0, {"empty.jsonl": "是空的", "blank.txt": "是空的"}),
        (74, {"nowhere.jsonl": "没有这个文件", "folder.jsonl": "是目录", "empty.jsonl": "是空的"}),
    ]:
        result = run("replay", "--format", "json", *problems, "good.jsonl")
        assert result.returncode == code
        for (name, word), line in zip(problems.items(), result.err.splitlines()[::2]):
            assert name in line and word in line
        assert len(json_lines(result.out)) == 1


def test_a_dialogue_in_yaml_that_is_none_is_named_with_its_line(run, tmp_path):
    bad = {
        "open.yaml": ("id: a\nturns: [\n", 3),
        "tab.yaml": ("id: a\nturns:\n\t- {speaker: customer, text: x}\n", 3),
        "speaker.yaml": ("id: a\nturns:\n  - {speaker: customer, text: x}\n  - {speaker: robot, text: x}\n", 4),
        "list.yaml": ("- a\n- b\n", 1),
        "deep.yaml": ("[" * 100_000, 1),
    }
    for name, (text, _) in bad.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "good.jsonl").write_text(json.dumps(GOOD) + "\n")
    result = run("replay", "--format", "json", *bad, "good.jsonl")
    assert result.returncode == 65 and len(json_lines(result.out)) == 1
    for name, (_, line) in bad.items():
        assert name in result.err
    assert "JSON" not in result.err
    for name, (_, line) in bad.items():
        assert re.search(rf"{name}:{line}(:\d+)?:", result.err), (name, result.err)


def test_a_bomb_in_yaml_is_defused(tmp_path):
    """Aliases of aliases: a few hundred bytes that stand for billions of words."""
    rows = ["a0: &a0 [" + ",".join("x" * 9) + "]"]
    rows += [f"a{n}: &a{n} [" + ",".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 12)]
    (tmp_path / "a.yaml").write_text("\n".join(rows) + "\nturns: *a11\n")
    result = subprocess.run(
        ["bash", "-c", 'ulimit -v 4000000; exec "$0" replay a.yaml', PROGRAM],
        capture_output=True, cwd=tmp_path, env=private_environment(tmp_path), timeout=20,
    )
    assert result.returncode == 65 and "a.yaml" in result.stderr.decode()


# Encodings


def test_gb18030_is_recognised_and_read_when_said_so(run, tmp_path):
    text = "柜员:给谁转?\r\n客户:网上认识的,没见过面\r\n"
    (tmp_path / "old.txt").write_bytes(text.encode("gb18030"))
    (tmp_path / "old.jsonl").write_bytes(json.dumps(GOOD, ensure_ascii=False).encode("gb18030"))
    for name in ["old.txt", "old.jsonl"]:
        result = run("replay", name)
        assert result.returncode == 65 and result.out == ""
        assert "GB18030" in result.err and "--encoding gb18030" in result.err
    result = run("replay", "--format", "json", "--encoding", "gb18030", "old.txt", "old.jsonl", "-", stdin=text.encode("gb18030"))
    assert result.returncode == 0
    found = json_lines(result.out)
    assert [line["advice"]["levelName"] for line in found] == ["verify", "pause", "pause", "verify", "pause"]
    assert found[1]["advice"]["evidence"][0]["quote"] in "网上认识的,没见过面"


def test_another_encoding_is_not_taken_for_gb18030(run, tmp_path):
    (tmp_path / "wide.txt").write_bytes("客户:网上认识的".encode("utf-16"))
    (tmp_path / "noise.txt").write_bytes(bytes(range(128, 256)) * 4)
    for name in ["wide.txt", "noise.txt"]:
        result = run("replay", name)
        assert result.returncode == 65 and result.out == ""
        assert f"{name}" in result.err and "UTF-8" in result.err and "gb18030" not in result.err


def test_the_wrong_encoding_is_bad_data(run, tmp_path):
    """Bytes that are no GB18030, called GB18030: the complaint is about that, and the data is at fault, not the disk."""
    (tmp_path / "noise.txt").write_bytes(b"\xff\xff\xff\n")
    result = run("replay", "--encoding", "gb18030", "noise.txt")
    assert result.returncode == 65 and result.out == ""
    assert "GB18030" in result.err.upper() and "不是 UTF-8" not in result.err


def test_marks_and_line_ends_change_nothing(run, tmp_path):
    names = []
    for mark in [b"", b"\xef\xbb\xbf"]:
        for end in ["\n", "\r\n"]:
            for last in ["", end]:
                names += [f"{len(names)}.txt", f"{len(names)}.jsonl"]
                lines = ["客户:你好", "柜员:您好", "没见过面"]
                (tmp_path / names[-2]).write_bytes(mark + (end.join(lines) + last).encode())
                (tmp_path / names[-1]).write_bytes(mark + (json.dumps(GOOD) + last).encode())
    result = run("replay", "--format", "json", *names)
    assert result.returncode == 0 and result.err == ""
    assert [line["speaker"] for line in json_lines(result.out)] == ["customer", "staff", "customer", "customer"] * 8


def test_a_record_ends_at_a_line_feed_only(run, tmp_path):
    """JSON allows U+2028 and others inside a string as they are."""
    record = {"id": "a", "turns": [{"speaker": "customer", "text": "网上认识的\u2028没\u0085见过面"}]}
    text = json.dumps(record, ensure_ascii=False)
    assert "\u2028" in text
    (tmp_path / "a.jsonl").write_text(text + "\n" + "{\n" + text + "\n")
    result = run("replay", "--format", "json", "a.jsonl")
    assert re.findall(r"a\.jsonl:(\d+):", result.err) == ["2"] and result.returncode == 65
    assert len(result.out.rstrip("\n").split("\n")) == 2


def test_composed_and_decomposed_text_do_no_harm(run):
    text = "café 网上认识的,没见过面"
    lines = []
    for form in ["NFC", "NFD", "NFKC", "NFKD"]:
        record = {"turns": [{"speaker": "customer", "text": unicodedata.normalize(form, text)}]}
        lines.append(json.dumps(record, ensure_ascii=False) + "\n")
    found = json_lines(run("replay", "--format", "json", "-", stdin="".join(lines)).out)
    assert [line["advice"]["levelName"] for line in found] == ["pause"] * 4


# What comes out


def test_control_sequences_in_a_recording_do_not_reach_the_screen(run, tmp_path):
    record = {"id": "\x1b[2J", "turns": [{"speaker": "customer", "text": "\x1b[31m\x9b31m网友\n第二行\r覆盖"}]}
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + '\n{"id":"\\u001b[2J","turns":[{"speaker":"\\u001b[2J","text":""}]}\n')
    name = "\x1b[31mred.jsonl"
    for command in ["replay", "evaluate"]:
        result = run(command, "a.jsonl", name)
        assert result.returncode != 0 and result.out and result.err
        assert not UNSAFE.search(result.out) and not UNSAFE.search(result.err)
    assert not UNSAFE.search(run("knowledge", "show", name).err)


def test_a_full_disk_is_said_so(tmp_path):
    for command in [["advise", "你好"], ["knowledge", "list"]]:
        with open("/dev/full", "wb") as full:
            result = subprocess.run(
                [PROGRAM, *command], stdout=full, stderr=subprocess.PIPE, env=private_environment(tmp_path), timeout=60
            )
        assert result.returncode == 74 and "写不出结果" in result.stderr.decode()

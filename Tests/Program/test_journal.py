"""The journal as a whole: nothing lost, everything provable, nothing leaked."""

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import time

import pexpect
import pytest

from conftest import DIALOGUES, PROGRAM, private_environment
from terminal import Terminal

KILLS = int(os.environ.get("FANZHA_KILLS", "30"))
# No /undo: it takes an acknowledged turn away.
LINES = ["网上认识的朋友", "没见过面", "柜员:您跟他怎么认识的?", "户名是张三丰", "2", "/no", "他让我别告诉家里", "/new", "观察:一直看手机"]


@pytest.fixture
def journal(tmp_path):
    return tmp_path / "state/fanzha/journal.sqlite"


def events(journal, sql="SELECT number, caseNumber, turn, kind, payload FROM event ORDER BY number"):
    database = sqlite3.connect(journal)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def everything_written(folder):
    """The bytes of every file below a folder, by its name."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Nothing lost


def test_the_plain_session_keeps_a_journal(run, journal):
    run(stdin="网上认识的\n没见过面\n")
    kinds = [row[3] for row in events(journal)]
    assert kinds.count("turn") == 2 and kinds[0] == "session-opened" and kinds[-1] == "session-closed"
    # Plain JSON, to be read with any tool.
    assert json.loads(next(row[4] for row in events(journal) if row[3] == "turn")) == {"speaker": "customer", "text": "网上认识的"}
    assert run("journal", "verify").out == f"台账完好,共 {len(kinds)} 条。\n"


@pytest.mark.parametrize("command", [["--no-journal"], ["advise", "你好"], ["replay", *DIALOGUES]], ids=["told so", "advise", "replay"])
def test_no_journal_is_kept_where_none_should_be(run, tmp_path, command):
    run(*command, stdin="你好\n")
    assert not (tmp_path / "state").exists()


def test_commands_keep_the_journal_they_are_told_to(run, tmp_path):
    for command in [["advise", "网上认识的"], ["replay", *DIALOGUES], ["evaluate", *DIALOGUES]]:
        path = tmp_path / command[0] / "j.sqlite"
        assert run(*command, "--journal", path).returncode == 0
        assert run("journal", "verify", "--journal", path).returncode == 0
        assert len(run("journal", "list", "--journal", path).out.splitlines()) == (1 if command[0] == "advise" else 15)


def kill_at_random(home, chance):
    """Drives a console until it is killed at a random moment.

    Returns the number and the turns of the case whose last prompt was seen.
    """
    child = pexpect.spawn(str(PROGRAM), dimensions=(24, 80), cwd=str(home), env=private_environment(home), timeout=10)
    child.delaybeforesend = None
    child.ptyproc.delayafterclose = child.ptyproc.delayafterterminate = 0.02
    seen = b""
    try:
        # At times not even the first prompt is awaited.
        started = chance.random() < 0.9
        if started:
            child.expect("案\\d+-\\d+> ".encode())
            seen += child.before + child.after
            if chance.random() < 0.7:
                child.send("/resume\r")
        deadline = time.monotonic() + chance.uniform(0, 0.5)
        while time.monotonic() < deadline:
            if started and chance.random() < 0.5:
                child.send(chance.choice(LINES) + "\r")
            try:
                seen += child.read_nonblocking(65536, timeout=chance.uniform(0, 0.02))
            except pexpect.TIMEOUT:
                pass
        os.kill(child.pid, signal.SIGKILL)
        # What reached the screen before the end counts.
        while True:
            seen += child.read_nonblocking(65536, timeout=1)
    except pexpect.EOF:
        pass
    finally:
        child.close(force=True)
    # A prompt is followed by the cursor being at rest: one that was cut off by the signal is not counted.
    prompts = re.findall(r"案(\d+)-(\d+)> ", seen.decode(errors="replace"))
    return (int(prompts[-1][0]), int(prompts[-1][1]) - 1) if prompts else None


def test_killed_at_any_moment_no_acknowledged_turn_is_missing(run, tmp_path, journal):
    chance = random.Random(2026)
    acknowledged = 0
    for _ in range(KILLS):
        seen = kill_at_random(tmp_path, chance)
        if not journal.exists():
            continue
        result = run("journal", "verify")
        assert result.returncode == 0, result.err
        if seen and seen[1] > 0:
            acknowledged += 1
            shown = run("journal", "show", seen[0])
            turns = [line for line in shown.out.splitlines() if re.match(r"\d+ (客户|柜员|观察|对方): ", line)]
            assert len(turns) >= seen[1], (seen, shown.out)
    assert acknowledged > KILLS // 3


def test_a_case_cut_off_is_offered_where_it_stood(tmp_path):
    first = Terminal(tmp_path)
    first.wait_prompt("案1-1>")
    for line, prompt in [("网上认识的,户名张三丰", "案1-2>"), ("没见过面", "案1-3>"), ("/clear 女儿到场", "案1-3>"), ("不让告诉家里", "案1-4>")]:
        first.line(line)
        first.wait_prompt(prompt)
    level = next(row for row in first.rows if row.startswith("[||]"))
    first.signal(signal.SIGKILL)
    first.end()
    again = Terminal(tmp_path)
    again.wait_prompt("案2-1>")
    again.wait_for("案1 上次没收尾(3 轮,")
    for line, prompt in [("/resume", "案1-4>"), ("/undo", "案2-1>"), ("/resume", "案1-4>")]:
        again.line(line)
        again.wait_prompt(prompt)
    again.wait_for("接着办案1,已有 3 轮")
    again.wait(lambda: level in again.rows, "the panel as it was")
    again.line("多说了一句")
    again.wait_prompt("案1-5>")
    again.line("/undo")
    again.wait_for("已撤回: 多说了一句")
    again.wait_prompt("案1-4>")
    again.send("\x04")
    assert again.end() == 0
    # Closed in good order, it is not offered again.
    third = Terminal(tmp_path)
    third.wait_prompt("案2-1>")
    assert "没收尾" not in third.screen_text()
    third.kill()


def test_a_case_that_another_console_works_on_is_not_offered(tmp_path):
    first, second = Terminal(tmp_path), None
    first.wait_prompt("案1-1>")
    first.line("网上认识的")
    first.wait_prompt("案1-2>")
    second = Terminal(tmp_path)
    second.wait_prompt("案2-1>")
    assert "没收尾" not in second.screen_text()
    for terminal in [first, second]:
        terminal.kill()


def test_what_a_command_notes_of_a_case_leaves_it_to_its_console(tmp_path, run):
    first = Terminal(tmp_path)
    first.wait_prompt("案1-1>")
    first.line("网上认识的")
    first.wait_prompt("案1-2>")
    run("journal", "export", "--case", 1)
    second = Terminal(tmp_path)
    second.wait_prompt("案2-1>")
    assert "没收尾" not in second.screen_text()
    for terminal in [first, second]:
        terminal.kill()


def test_a_case_left_open_is_taken_up_by_one_console_only(tmp_path):
    gone = Terminal(tmp_path)
    gone.wait_prompt("案1-1>")
    gone.line("网上认识的")
    gone.wait_prompt("案1-2>")
    gone.signal(signal.SIGKILL)
    gone.end()
    first, second = Terminal(tmp_path), Terminal(tmp_path)
    for terminal in [first, second]:
        terminal.wait_prompt("案2-1>")
        terminal.wait_for("案1 上次没收尾")
    first.line("/resume")
    first.wait_prompt("案1-2>")
    second.line("/resume")
    second.wait_for("没有没收尾的案子")
    for terminal in [first, second]:
        terminal.kill()


def test_a_terminal_that_goes_away_closes_no_case(tmp_path, journal):
    terminal = Terminal(tmp_path)
    terminal.wait_prompt("案1-1>")
    terminal.line("网上认识的")
    terminal.wait_prompt("案1-2>")
    pid = terminal.child.pid
    os.close(terminal.child.child_fd)
    os.waitpid(pid, 0)
    terminal.child.closed = True
    terminal.child.terminated = True
    assert "case-closed" not in [row[3] for row in events(journal)]


def test_the_screen_of_a_case_shows_nothing_of_another(tmp_path):
    gone = Terminal(tmp_path)
    gone.wait_prompt("案1-1>")
    gone.line("网上认识的")
    gone.wait_prompt("案1-2>")
    gone.signal(signal.SIGKILL)
    gone.end()
    terminal = Terminal(tmp_path)
    terminal.wait_prompt("案2-1>")
    terminal.line("张三的话")
    terminal.wait_prompt("案2-2>")
    for line, prompt in [("/new", "案3-1>"), ("/resume", "案1-2>")]:
        terminal.line(line)
        terminal.wait_prompt(prompt)
        assert "张三" not in terminal.screen_text() + "\n".join(terminal.scrollback)
    terminal.line("/undo")
    terminal.wait_prompt("案2-2>")
    assert "张三的话" in terminal.screen_text()
    terminal.kill()


def test_the_next_customer_has_the_next_number(tmp_path, journal):
    terminal = Terminal(tmp_path)
    terminal.wait_prompt("案1-1>")
    for line, prompt in [("你好", "案1-2>"), ("/new", "案2-1>"), ("/undo", "案1-2>"), ("没见过面", "案1-3>"), ("/new", "案2-1>"), ("再来一位", "案2-2>")]:
        terminal.line(line)
        terminal.wait_prompt(prompt)
    terminal.send("\x04")
    assert terminal.end() == 0
    turns = [(row[1], json.loads(row[4])["text"]) for row in events(journal) if row[3] == "turn"]
    assert turns == [(1, "你好"), (1, "没见过面"), (2, "再来一位")]
    assert [row[1] for row in events(journal) if row[3] == "case-closed"] == [1, 1, 2]


def test_two_writers_at_once(tmp_path, run):
    lines = "\n".join(f"第{n}句 网上认识的" for n in range(60)) + "\n"
    writers = [
        subprocess.Popen([PROGRAM, "--quiet"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=private_environment(tmp_path))
        for _ in range(2)
    ]
    for writer in writers:
        writer.stdin.write(lines.encode())
        writer.stdin.close()
    for writer in writers:
        assert writer.wait(60) == 0
        assert "没有存下来" not in writer.stderr.read().decode()
    assert run("journal", "verify").returncode == 0
    assert [row.split("\t")[3] for row in run("journal", "list").out.splitlines()] == ["60 轮", "60 轮"]


# Faults


def said_once(result, code):
    """Advice went on to the end, and the trouble was said exactly once."""
    assert result.returncode == 0
    assert result.stdout.decode().count(" 客户: ") == 40
    assert result.stderr.decode().count(f"[{code}]") == 1, result.stderr.decode()


SPEECH = "\n".join(f"第{n}句 网上认识的朋友要我转钱" for n in range(40)) + "\n"


def run_limited(tmp_path, script):
    return subprocess.run(["bash", "-c", script, PROGRAM], input=SPEECH.encode(), capture_output=True, env=private_environment(tmp_path), timeout=60)


def test_a_limit_on_file_size_stops_no_advice(tmp_path, run):
    result = run_limited(tmp_path, 'ulimit -f 60; exec "$0" --quiet')
    said_once(result, "JO007")
    assert run("journal", "verify").returncode == 0


def test_a_full_disk_stops_no_advice(tmp_path, run):
    if subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0:
        pytest.skip("no right to mount a small disk")
    (tmp_path / "state").mkdir()
    # The disk fills, and what was written before is kept to be looked at.
    result = run_limited(
        tmp_path,
        'unshare -m bash -c \'mount -t tmpfs -o size=160k none "$XDG_STATE_HOME" && "$0" --quiet; code=$?; cp -r "$XDG_STATE_HOME" "$HOME/kept"; exit $code\' "$0"',
    )
    said_once(result, "JO003")
    assert "没有存下来" in result.stderr.decode()
    assert run("journal", "verify", "--journal", tmp_path / "kept/fanzha/journal.sqlite").returncode == 0


def test_a_journal_that_may_not_be_written_stops_no_advice(tmp_path, run, journal):
    if subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0:
        pytest.skip("no right to mount anything")
    run(stdin="你好\n")
    before = everything_written(tmp_path / "state")
    result = run_limited(
        tmp_path,
        'unshare -m bash -c \'mount --bind "$XDG_STATE_HOME" "$XDG_STATE_HOME" && mount -o remount,bind,ro "$XDG_STATE_HOME" && exec "$0" --quiet\' "$0"',
    )
    said_once(result, "JO005")
    assert everything_written(tmp_path / "state") == before


def test_a_folder_that_cannot_be_made_stops_no_advice(tmp_path):
    (tmp_path / "state").write_text("a file stands in the way")
    said_once(run_limited(tmp_path, 'exec "$0" --quiet'), "JO011")


def test_a_damaged_file_stops_no_advice(tmp_path, journal):
    journal.parent.mkdir(parents=True, mode=0o700)
    journal.write_bytes(os.urandom(50_000))
    before = journal.read_bytes()
    said_once(run_limited(tmp_path, 'exec "$0" --quiet'), "JO004")
    assert journal.read_bytes() == before


def test_a_locked_journal_is_made_up_for(tmp_path, run, journal):
    run(stdin="你好\n")
    blocker = sqlite3.connect(journal, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    terminal = Terminal(tmp_path)
    terminal.wait(lambda: "[JO002]" in terminal.screen_text(), "it says so")
    terminal.line("网上认识的")
    terminal.wait(lambda: "(未存)>" in terminal.row_at_cursor, "the prompt says so")
    blocker.execute("COMMIT")
    blocker.close()
    terminal.line("没见过面")
    terminal.wait_for("台账恢复了,补记 ")
    terminal.wait_prompt("案2-3>")
    terminal.send("\x04")
    assert terminal.end() == 0
    assert run("journal", "verify").returncode == 0
    assert [row.split("\t")[3] for row in run("journal", "list").out.splitlines()] == ["1 轮", "2 轮"]


def test_a_changed_byte_is_found_and_named(run, journal):
    run(stdin="网上认识的\n没见过面\n")
    number = next(row[0] for row in events(journal) if row[4] and "没见过面" in row[4])
    data = journal.read_bytes()
    place = data.index("没见过面".encode())
    journal.write_bytes(data[:place] + "有见过面".encode() + data[place + 12 :])
    result = run("journal", "verify")
    assert result.returncode == 1 and f"台账第 {number} 条被改过" in result.err


# Nothing leaked

NUMBERS = {
    "6222000000000000000": ["6222000000000000000", "6222 0000 0000 0000 000", "6222-0000-0000-0000-000", "６２２２００００００００００００００００"[:19]],
    "4111111111111112": ["4111111111111112", "4111 1111 1111 1112", "卡是4111111111111112对吧"],
    "110101190001011009": ["110101190001011009", "110101 19000101 1009", "１１０１０１１９０００１０１１００９"],
    "11010119000101100X": ["11010119000101100X", "身份证11010119000101100x"],
    "13000000000": ["13000000000", "130 0000 0000", "130-0000-0000", "+86 130 0000 0000", "一三零零零零零零零零零", "找张三13000000000要"],
}


def digits(data):
    """Text with everything between digits taken out, whatever script they are in."""
    text = data.decode(errors="replace").translate(str.maketrans("０１２３４５６７８９零一二三四五六七八九", "01234567890123456789"))
    return re.sub(r"[\s\-_·]", "", text)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_stands_in_no_file(run, tmp_path, number):
    lines = []
    for form in NUMBERS[number]:
        lines += [form, f"对方:转到{form}这个户", f"/note 记 {form}", f"/clear 已核 {form}", f"/card {form}", f"/search {form}", f"/{form}"]
    result = run(stdin="\n".join(lines) + "\n")
    assert result.returncode == 0
    # What goes to the error stream may end in a log.
    written = everything_written(tmp_path) | {"stderr": result.stderr}
    assert any(path != "stderr" and path.name == "journal.sqlite" for path in written)
    for path, data in written.items():
        assert number.rstrip("X") not in digits(data), path
    export = run("journal", "export").out + run("journal", "export", "--format", "dialogue").out
    assert number.rstrip("X") not in digits(export.encode())


def test_what_is_complained_of_holds_no_number(run):
    result = run("replay", "6222000000000000000.jsonl", "找13000000000.jsonl")
    assert result.returncode == 74 and "[acct*0000 bad].jsonl" in result.err and "13000000000" not in result.err


def test_commands_recalled_hold_no_number(tmp_path):
    terminal = Terminal(tmp_path)
    terminal.wait_prompt("案1-1>")
    for line, prompt in [("/card 13000000000", 1), ("/search 6222000000000000000", 1), ("卡6222000000000000000", 2), ("/note 13000000000", 2)]:
        terminal.line(line)
        terminal.wait(lambda: terminal.row_at_cursor == f"案1-{prompt}>" and not terminal.feed(0.1), f"{line} done")
    terminal.send("\x04")
    assert terminal.end() == 0
    for path, data in everything_written(tmp_path).items():
        assert not re.search(r"13000000000|6222000000000000000", digits(data)), path


def test_contacts_are_never_hidden(run, journal):
    run(stdin="打了110,又打96110\n")
    assert any(row[4] and "打了110,又打96110" in row[4] for row in events(journal))


def test_shame_is_sealed_and_opens_on_request_only(run, tmp_path, journal):
    secret = "视频里我没穿衣服被他录下来了"
    run(stdin=f"有个女的加我\n{secret}\n他说不给钱就发给通讯录的人\n")
    for path, data in everything_written(tmp_path).items():
        assert "没穿衣服".encode() not in data and "加我".encode() not in data, path
    assert "没穿衣服" not in run("journal", "show", 1).out + run("journal", "export", "--format", "dialogue").out
    assert secret in run("journal", "show", 1, "--unseal").out
    assert secret in run("journal", "export", "--format", "dialogue", "--unseal").out
    # Opening is on record, as is giving away.
    assert [row[3] for row in events(journal)][-4:] == ["exported", "seal-shown", "seal-shown", "exported"]
    assert run("journal", "verify").returncode == 0


def test_a_lost_key_closes_what_is_sealed_and_nothing_else(run, journal):
    run(stdin="户名张三丰,网上认识的\n")
    (journal.parent / "journal.key").unlink()
    assert "户名[name1],网上认识的" in run("journal", "show", 1).out
    result = run("journal", "show", 1, "--unseal")
    assert result.returncode == 0 and "[name1]" in result.out
    run(stdin="户名李四\n")
    result = run("journal", "show", 1, "--unseal")
    assert result.returncode == 65 and "JO023" in result.err


def test_the_key_can_lie_elsewhere(run, tmp_path, journal):
    place = tmp_path / "usb/my.key"
    run(stdin="户名张三丰\n", FANZHA_KEY_FILE=str(place))
    assert place.stat().st_mode & 0o777 == 0o600 and not (journal.parent / "journal.key").exists()
    assert "张三丰" in run("journal", "show", 1, "--unseal", FANZHA_KEY_FILE=str(place)).out


# Tools


def test_an_exported_case_replays_to_the_same(run, tmp_path):
    lines = ["客户要汇80万给一个做生意的朋友", "柜员:您跟他怎么认识的?", "网上认识的,户名张三丰", "/no 先问别的", "2", "/done 1", "/clear 女儿到场", "不让告诉家里"]
    live = run(stdin="\n".join(lines) + "\n").out
    (tmp_path / "case.jsonl").write_text(run("journal", "export", "--format", "dialogue").out)
    replayed = [json.loads(line) for line in run("replay", "--format", "json", "case.jsonl").out.splitlines()]
    recorded = [json.loads(row[4]) for row in events(tmp_path / "state/fanzha/journal.sqlite") if row[3] == "advice"]
    assert replayed[-1]["advice"]["level"] == recorded[-1]["level"]
    assert (replayed[-1]["advice"]["question"] or {}).get("id") == recorded[-1].get("question")
    assert [s["id"] for s in replayed[-1]["advice"]["suspects"]] == [s["id"] for s in recorded[-1]["suspects"]]
    assert "张三丰" in live and "张三丰" not in (tmp_path / "case.jsonl").read_text()


def test_list_show_and_export(run):
    run(stdin="网上认识的\n柜员:见过面吗?\n没见过\n")
    number, opened, channel, turns, level, state = run("journal", "list").out.rstrip("\n").split("\t")
    assert (number, channel, turns, level, state) == ("1", "柜面", "3 轮", "暂停", "已收尾")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", opened)
    assert run("journal", "show", 1).out == "1 客户: 网上认识的\n2 柜员: 见过面吗?\n3 客户: 没见过\n"
    exported = [json.loads(line) for line in run("journal", "export", "--case", 1).out.splitlines()]
    assert {event["kind"] for event in exported} >= {"turn", "reading", "advice", "question-asked", "case-closed"}
    result = run("journal", "show", 7)
    assert result.returncode == 65 and "JO009" in result.err


def test_prune_takes_the_words_and_leaves_the_proof(run, tmp_path, journal):
    run(stdin="特别的词\n")
    assert run("journal", "prune", "--before", "2020-01-01").out == "删去了 0 条的内容。\n"
    assert run("journal", "prune", "--before", "昨天").returncode == 65
    result = run("journal", "prune", "--before", "2999-01-01")
    assert re.fullmatch(r"删去了 \d+ 条的内容。\n", result.out) and result.returncode == 0
    assert run("journal", "verify").returncode == 0
    for path, data in everything_written(tmp_path).items():
        assert "特别的词".encode() not in data, path


def test_backup_in_use_and_restore(run, tmp_path, journal):
    run(stdin="第一位\n")
    terminal = Terminal(tmp_path)
    terminal.wait_prompt("案2-1>")
    terminal.line("第二位")
    terminal.wait_prompt("案2-2>")
    assert run("journal", "backup", tmp_path / "copy.sqlite").returncode == 0
    assert run("journal", "backup", tmp_path / "copy.sqlite").returncode == 74
    terminal.send("\x04")
    assert terminal.end() == 0
    assert run("journal", "verify", "--journal", tmp_path / "copy.sqlite").returncode == 0
    # What was not yet written back must not get in the way.
    run(stdin="第三位\n")
    assert run("journal", "restore", tmp_path / "copy.sqlite").returncode == 0
    assert len(run("journal", "list").out.splitlines()) == 2 and run("journal", "verify").returncode == 0


def test_there_is_nothing_to_show_without_a_journal(run, tmp_path):
    for command in ["list", "verify", "export"]:
        result = run("journal", command)
        assert result.returncode == 74 and "JO001" in result.err and not (tmp_path / "state").exists()


def test_doctor_says_what_is_wrong_and_the_one_thing_to_do(run, tmp_path, journal):
    fresh = run("doctor")
    assert fresh.returncode == 0 and all(line.startswith("[OK] ") for line in fresh.out.splitlines()), fresh.out
    run(stdin="户名张三丰\n")
    assert run("doctor").returncode == 0
    journal.chmod(0o644)
    (journal.parent / "journal.key").write_text("?")
    result = run("doctor")
    assert result.returncode == 1
    for code in ["JO013", "JO022"]:
        assert f"[{code}]" in result.out
    assert result.out.count("怎么办") == 2


def test_files_are_for_their_owner_only(run, tmp_path):
    run(stdin="户名张三丰\n")
    for path in [tmp_path / "state/fanzha", *(tmp_path / "state/fanzha").iterdir()]:
        assert path.stat().st_mode & 0o077 == 0, path

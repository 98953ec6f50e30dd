"""The console on a real (pseudo-)terminal: the screen is the assertion."""

import os
import pathlib
import re
import signal
import stat

import pytest
from wcwidth import wcswidth

from conftest import PROGRAM
from terminal import Terminal

PAUSED = "[||] 暂停"
REPORTED = "[!!] 立即上报"
STRANGER = "网上认识的,没见过面"
COMMANDS = ["/help", "/new", "/why", "/steps", "/card", "/search", "/undo", "/channel", "/clear", "/cover", "/quit"]
COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")


@pytest.fixture
def console(tmp_path):
    opened = []

    def start(rows=24, columns=80, prompt="案1-1>", **environment):
        terminal = Terminal(tmp_path, rows, columns, **environment)
        opened.append(terminal)
        terminal.wait_prompt(prompt)
        return terminal

    yield start
    for terminal in opened:
        terminal.kill()


@pytest.fixture
def shell(tmp_path):
    """An interactive shell with job control, to start the program from."""
    terminal = Terminal(tmp_path, command="/bin/bash", arguments=["--norc", "-i"], PS1="ready> ")
    terminal.wait_prompt("ready>")
    yield terminal
    terminal.kill()


def rulers(terminal):
    return [number for number, row in enumerate(terminal.rows) if row.startswith("-- 案")]


def panel(terminal):
    """The panel from its ruler on; empty when there is not exactly one."""
    found = rulers(terminal)
    return terminal.rows[found[0] :] if len(found) == 1 else []


def has_level(terminal, level):
    """Whether the panel's first line reads so."""
    return any(row.startswith(level) for row in panel(terminal)[1:2])


def has_head(terminal, text):
    """Whether the panel's ruler names this case, channel or turn."""
    return any(text in row for row in panel(terminal)[:1])


def conversation(terminal):
    return terminal.rows[: terminal.screen.lines - len(panel(terminal))]


def say(terminal, text, prompt):
    """Commits a line, and waits for the prompt of the turn after it."""
    terminal.line(text)
    terminal.wait_prompt(prompt)


# The panel


def test_the_panel_stands_at_the_bottom_and_the_console_explains_itself(console):
    terminal = console()
    terminal.wait(lambda: rulers(terminal) == [17], "a panel of seven rows")
    assert terminal.rows[17].startswith("-- 案1 柜面 第0轮 --")
    terminal.wait(lambda: has_level(terminal, "[? ] 核实"), "the level comes first")
    assert panel(terminal)[2].startswith("问: ") and panel(terminal)[3].startswith("1 ")
    assert "/help" in terminal.screen_text() and "回车" in terminal.screen_text() and "不联网" in terminal.screen_text()


def test_the_panel_follows_every_character(console):
    terminal = console()
    terminal.send("网上认识的")
    terminal.wait_for("杀猪盘")
    assert PAUSED not in terminal.screen_text()
    terminal.send(",没见过面")
    terminal.wait(lambda: has_level(terminal, PAUSED), "paused before Enter")
    assert terminal.row_at_cursor == f"案1-1> {STRANGER}"
    # Nothing was committed: taking the line back takes the advice back.
    assert has_head(terminal, "第0轮")
    terminal.send("\x15")
    terminal.wait(lambda: has_level(terminal, "[? ] 核实  先问"), "back at the beginning")
    terminal.wait_prompt("案1-1>")


def test_a_command_being_typed_is_nobodys_words(console):
    terminal = console()
    terminal.send(f"/search {STRANGER}")
    terminal.wait_prompt("案1-1>", f"/search {STRANGER}")
    terminal.settle()
    assert has_level(terminal, "[? ] 核实  先问")


def test_enter_commits_the_turn(console):
    terminal = console()
    say(terminal, STRANGER, "案1-2>")
    terminal.wait_for("-- 案1 柜面 第1轮 -")
    terminal.wait(lambda: has_level(terminal, PAUSED), "paused")
    assert f"案1-1> {STRANGER}" in conversation(terminal)
    # An empty line is no turn.
    terminal.line("  ")
    terminal.send("柜员:好的")
    terminal.wait_prompt("案1-2>", "柜员:好的")
    terminal.line("")
    terminal.wait_prompt("案1-3>")


def options(terminal):
    """The asked question's options on the panel, by their key."""
    text = " ".join(row for row in panel(terminal)[3:] if not re.match("[说做因]: ", row))
    return dict(re.findall(r"(\d) (\S+)", text))


def answers(terminal):
    """What the keys pressed so far meant."""
    return [row.removeprefix("  = ") for row in conversation(terminal) if row.startswith("  = ")]


def test_a_digit_answers_and_says_what_it_meant(console):
    terminal = console()
    # A first question stands on the panel before anything was said.
    terminal.wait(lambda: len(options(terminal)) > 1, "options")
    label = options(terminal)["1"]
    say(terminal, "1", "案1-2>")
    assert answers(terminal) == [label]
    terminal.wait(lambda: has_head(terminal, "第1轮"), "the next question")
    say(terminal, " ? ", "案1-3>")
    terminal.wait(lambda: has_head(terminal, "第2轮"), "the next question")
    assert len(answers(terminal)) == 2
    # A digit that means nothing is no turn, and a line that goes on is words.
    unused = next(key for key in "0987654321" if key not in options(terminal))
    terminal.line(unused)
    terminal.wait_for(f"没有第 {unused} 个选项")
    terminal.send("3万给儿子")
    terminal.wait_prompt("案1-3>", "3万给儿子")
    say(terminal, "", "案1-4>")
    assert len(answers(terminal)) == 2


def test_an_answer_counts_before_it_is_given(console):
    terminal = console()
    say(terminal, STRANGER, "案1-2>")
    terminal.wait(lambda: has_level(terminal, PAUSED) and has_head(terminal, "第1轮"), "paused")
    terminal.wait(lambda: "已经转了、给了" in options(terminal).values(), "the question whether money has gone")
    terminal.send(next(key for key, label in options(terminal).items() if label == "已经转了、给了"))
    terminal.wait(lambda: has_level(terminal, REPORTED), "reported before Enter")
    terminal.send("\x7f")
    terminal.wait(lambda: has_level(terminal, PAUSED), "paused again")


# Editing


def test_backspace_takes_whole_characters(console):
    terminal = console()
    terminal.send("网上认识的人")
    terminal.wait_prompt("案1-1>", "网上认识的人")
    assert terminal.screen.cursor.x == 7 + 2 * 6
    terminal.send("\x7f" * 4)
    terminal.wait_prompt("案1-1>", "网上")
    assert terminal.screen.cursor.x == 7 + 2 * 2
    terminal.send("\x1b[D购\x1b[C物a\x7f")
    terminal.wait_prompt("案1-1>", "网购上物")


def typed(terminal):
    """The line being typed, put together from the rows it takes."""
    return "".join(conversation(terminal)).split("案1-1> ")[-1]


@pytest.mark.parametrize("columns", [40, 41])
def test_wide_characters_wrap_and_the_panel_stays(console, columns):
    terminal = console(columns=columns)
    text = "客户说要给网上认识的一个在国外当兵的朋友汇八万块钱买飞机票回来"
    for end in range(1, len(text) + 1):
        terminal.send(text[end - 1])
        terminal.wait(lambda: typed(terminal) == text[:end], f"{text[:end]!r} typed")
        # The cursor stands right behind what is typed: prompt and character fill the rows evenly.
        per_row = [(columns - 7) // 2, columns // 2]
        x = 7 + 2 * end if end <= per_row[0] else 2 * (end - per_row[0])
        assert terminal.screen.cursor.x in (x, x % columns), terminal.picture()
    before = panel(terminal)
    terminal.send("\x1b[D" * 20 + "a")
    terminal.wait(lambda: typed(terminal) == text[:-20] + "a" + text[-20:], "a letter far back moves the rest on")
    terminal.send("\x7f" * 3)
    terminal.wait(lambda: typed(terminal) == text[:-22] + text[-20:], "three characters less")
    terminal.send("\x05\x15")
    terminal.wait_prompt("案1-1>")
    terminal.wait(lambda: len(panel(terminal)) == 7 and panel(terminal) != before, "the panel follows")
    assert max(map(wcswidth, terminal.rows)) <= columns


@pytest.mark.parametrize("keys", ["", "\x01", "\x01\x05"], ids=["at once", "from its start", "from its end"])
def test_a_line_taller_than_the_screen_leaves_nothing_behind(console, keys):
    terminal = console(rows=12, columns=40)
    text = "客户说要给网上认识的一个在国外当兵的朋友汇八万块钱买飞机票回来" * 6
    terminal.paste(text)
    terminal.wait(lambda: conversation(terminal)[-1].endswith("买飞机票回来"), "the end of the line")
    terminal.line(keys)
    terminal.wait_prompt("案1-2>")
    assert has_head(terminal, "第1轮"), terminal.picture()
    assert not any(conversation(terminal)[terminal.screen.cursor.y + 1 :])


def test_ctrl_c_drops_the_line_and_keeps_the_conversation(console):
    terminal = console()
    say(terminal, STRANGER, "案1-2>")
    terminal.send("已经转了三万")
    terminal.wait(lambda: has_level(terminal, REPORTED), "reported")
    terminal.send("\x03")
    terminal.wait_prompt("案1-2>")
    terminal.wait(lambda: has_level(terminal, PAUSED), "paused again")
    assert has_head(terminal, "第1轮")
    terminal.signal(signal.SIGINT)
    terminal.wait(lambda: terminal.screen_text().count("^C") == 2, "another ^C")
    say(terminal, "没有", "案1-3>")


def test_ctrl_d_leaves_only_on_an_empty_line(console):
    terminal = console()
    terminal.send("没有\x04")
    terminal.send("\x01\x04")
    # In the middle of a line it deletes, at its end it does nothing.
    terminal.wait_prompt("案1-1>", "有")
    terminal.send("\x05\x15\x04")
    assert terminal.end() == 0
    assert "再见" in terminal.screen_text() and not rulers(terminal)
    assert b"\x1b[1;17r" in terminal.raw and terminal.region_is_reset


# Commands


def test_help_lists_every_command_and_each_works(console):
    terminal = console(rows=40)
    terminal.line("/help")
    terminal.wait_for("行首可写")
    for command in COMMANDS:
        assert any(re.match(rf"  {command}\b.*  \S", row) for row in conversation(terminal)), command
    terminal.line("/card 杀猪盘")
    terminal.wait_for("(romance-investment)")
    terminal.line("/search 保证金")
    terminal.wait_for("(elder-membership)")
    terminal.line("/setps")
    terminal.wait_for("是不是 /steps")
    terminal.wait_prompt("案1-1>")
    terminal.line("/quit")
    assert terminal.end() == 0


def test_why_steps_undo_and_new(console):
    terminal = console(rows=40)
    terminal.line("/undo")
    terminal.wait_for("没有可撤回的")
    say(terminal, STRANGER, "案1-2>")
    terminal.line("/why")
    terminal.wait_for("为什么不更高: ")
    assert any(re.match(r"  \+ .*「网上认识.*\(第 1 轮\)", row) for row in conversation(terminal))
    terminal.line("/steps")
    terminal.wait_for("1. [ ] ")
    terminal.line("/undo")
    terminal.wait_for(f"已撤回: {STRANGER}")
    terminal.wait_prompt("案1-1>")
    terminal.wait(lambda: has_level(terminal, "[? ] 核实  先问"), "as before")
    say(terminal, STRANGER, "案1-2>")
    terminal.line("/clear 儿子到场,户名一致")
    terminal.wait_for("已按主管意见解除: 儿子到场,户名一致")
    terminal.wait(lambda: panel(terminal) and not has_level(terminal, PAUSED), "cleared")
    say(terminal, "/new", "案2-1>")
    terminal.wait_for("-- 案2 柜面 第0轮 -")
    terminal.wait(lambda: has_level(terminal, "[? ] 核实  先问"), "a new case")


def test_a_new_case_shows_nothing_of_the_last(console):
    terminal = console()
    for turn in range(2, 16):
        say(terminal, "李四,网上认识的", f"案1-{turn}>")
    say(terminal, "/new", "案2-1>")
    terminal.wait_gone("李四")
    assert not any("李四" in row for row in terminal.scrollback)
    assert len(rulers(terminal)) == 1


def test_what_was_deleted_does_not_come_back_in_another_case(console):
    terminal = console()
    terminal.send("卡号六二二")
    terminal.wait_prompt("案1-1>", "卡号六二二")
    terminal.send("\x15")
    # A case in which nothing happened keeps its number for the next customer.
    say(terminal, "/new", "案1-1>")
    terminal.send("甲\x19乙")
    terminal.wait(lambda: terminal.row_at_cursor.endswith("乙"), "the line typed")
    assert "卡号" not in terminal.row_at_cursor


def test_the_channel_changes_the_words(console):
    terminal = console()
    say(terminal, "开着屏幕共享", "案1-2>")
    terminal.wait(lambda: has_level(terminal, REPORTED), "the counter's word")
    assert "报警" not in terminal.screen_text()
    terminal.line("/channel hotline")
    terminal.wait(lambda: has_level(terminal, "[!!] 报警"), "the hotline's word")
    assert has_head(terminal, "热线 第1轮")
    terminal.line("/channel 柜面")
    terminal.wait(lambda: has_level(terminal, REPORTED), "the counter's word again")
    terminal.line("/channel mail")
    terminal.wait_for("counter hotline")
    assert has_head(terminal, "柜面 第1轮")


# Covering


SECRETS = ["网上", "见过", "暂停", "上报", "案1", "杀猪盘", "第1轮", "问:", "第 1 轮", "为什么"]


def is_covered(terminal):
    everything = "\n".join(terminal.scrollback) + terminal.screen_text()
    return "业务办理中" in terminal.screen_text() and not any(secret in everything for secret in SECRETS)


@pytest.mark.parametrize("cover", ["/cover\r", "\x1bOQ"], ids=["command", "key"])
def test_covering_hides_everything_and_comes_back(console, cover):
    terminal = console()
    for turn in range(2, 16):
        say(terminal, STRANGER, f"案1-{turn}>")
    assert terminal.scrollback
    terminal.send(cover)
    terminal.wait(lambda: is_covered(terminal), "covered, and nothing to scroll back to")
    terminal.resize(30, 100)
    terminal.wait(lambda: is_covered(terminal) and terminal.row_at_cursor == ">", "covered at another size")
    terminal.send(cover)
    terminal.wait_prompt("案1-15>")
    terminal.wait(lambda: has_level(terminal, PAUSED), "the panel is back")
    assert conversation(terminal).count(f"> {STRANGER}") >= 10


def test_a_covered_screen_answers_nothing_about_the_case(console):
    terminal = console()
    say(terminal, STRANGER, "案1-2>")
    terminal.send("秘密话\x15")
    terminal.send("\x1bOQ")
    terminal.wait(lambda: is_covered(terminal), "covered")
    # Nor does what was deleted come back.
    terminal.send("甲\x19乙")
    terminal.wait(lambda: terminal.row_at_cursor.endswith("乙"), "typed")
    assert "秘密" not in terminal.row_at_cursor
    terminal.send("\x15")
    for command in ["/why", "/steps", "/undo", "/card romance-investment"]:
        terminal.line(command)
        terminal.send("办")
        terminal.wait(lambda: terminal.row_at_cursor == "> 办", f"{command} done")
        assert is_covered(terminal), terminal.picture()
        terminal.send("\x15")


def test_covering_keeps_the_line_being_typed(console):
    terminal = console()
    terminal.send("网上认识的")
    terminal.wait_prompt("案1-1>", "网上认识的")
    terminal.send("\x1bOQ")
    terminal.wait(lambda: is_covered(terminal), "covered")
    terminal.send("\x1bOQ")
    terminal.wait_prompt("案1-1>", "网上认识的")


@pytest.mark.parametrize("screen", [{"TERM": "dumb"}, {"rows": 5}], ids=["dumb", "small"])
def test_covering_works_without_a_panel(console, screen):
    terminal = console(**screen)
    say(terminal, STRANGER, "案1-2>")
    terminal.line("/cover")
    terminal.wait(lambda: not any(secret in terminal.screen_text() for secret in SECRETS), "covered")
    terminal.raw = b""
    terminal.line("办一下")
    terminal.send("好")
    terminal.wait(lambda: terminal.row_at_cursor == "> 好", "the next line")
    assert not [secret for secret in SECRETS if secret in terminal.raw.decode()], terminal.picture()


# Completion and history


def test_completion_shows_what_each_is(console):
    terminal = console()
    terminal.send("/ste\t")
    terminal.wait_prompt("案1-1>", "/steps")
    terminal.send("\x15/c\t\t")
    terminal.wait_for("/channel  切换")
    terminal.wait_prompt("案1-1>", "/c")
    listed = {row.split()[0] for row in conversation(terminal) if row.startswith("  /")}
    assert listed == {"/card", "/channel", "/clear", "/cover"}
    terminal.send("\x15/channel h\t")
    terminal.wait_prompt("案1-1>", "/channel hotline")
    terminal.send("\x15/card 杀\t")
    terminal.wait_prompt("案1-1>", "/card 杀猪盘")
    # Words are not completed, not even with names of files.
    terminal.send("\x15/\x7f网上\t\t认识")
    terminal.wait_prompt("案1-1>", "网上认识")
    assert len(rulers(terminal)) == 1


def leave(terminal):
    terminal.send("\x15\x04")
    assert terminal.end() == 0


def test_history_recalls_commands_and_no_customers_word(console, tmp_path):
    terminal = console()
    say(terminal, "网上认识的", "案1-2>")
    terminal.line("/card 杀猪盘")
    terminal.wait_for("(romance-investment)")
    terminal.line("/clear 张三的儿子到场")
    terminal.wait_for("已按主管意见解除")
    terminal.send("\x1b[A")
    terminal.wait_prompt("案1-2>", "/clear")
    terminal.send("\x1b[A")
    terminal.wait_prompt("案1-2>", "/card 杀猪盘")
    terminal.send("\x1b[A" * 3 + "!")
    terminal.wait_prompt("案1-2>", "/card 杀猪盘!")
    terminal.send("\x15\x12网上")
    terminal.wait_for("failed reverse-i-search")
    terminal.send("\x07")
    terminal.wait_prompt("案1-2>")
    leave(terminal)
    history = tmp_path / "state/fanzha/history"
    assert history.read_text() == "/card 杀猪盘\n/clear\n"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    assert stat.S_IMODE(history.parent.stat().st_mode) == 0o700
    again = console(prompt="案2-1>")
    again.send("\x1b[A\x1b[A")
    again.wait_prompt("案2-1>", "/card 杀猪盘")


def test_words_typed_over_a_recalled_command_stay_out_of_history(console, tmp_path):
    terminal = console()
    terminal.line("/steps")
    terminal.wait_for("现在没有该走的步骤")
    terminal.send("\x1b[A")
    terminal.wait_prompt("案1-1>", "/steps")
    terminal.send("\x15张三网上认识的")
    terminal.wait_prompt("案1-1>", "张三网上认识的")
    # Away from the edited entry and back to the line of the present.
    terminal.send("\x1b[B")
    terminal.wait_prompt("案1-1>")
    terminal.line("/why")
    terminal.wait_for("为什么不更高")
    terminal.send("\x1b[A\x1b[A")
    terminal.wait_prompt("案1-1>", "/steps")
    leave(terminal)
    assert "张三" not in (tmp_path / "state/fanzha/history").read_text()


def test_a_history_that_cannot_be_kept_stops_nothing(console, tmp_path):
    (tmp_path / "state").write_text("a file where a folder should be")
    terminal = console()
    say(terminal, STRANGER, "案1-2(未存)>")
    leave(terminal)
    assert "命令历史存不下" in terminal.raw.decode()


# Pasting


def test_a_pasted_message_of_several_lines_is_one_turn(console):
    terminal = console()
    terminal.paste("对方:您好\n请转到安全账户\r\n不要告诉家人\n")
    terminal.wait(lambda: has_level(terminal, PAUSED), "read before Enter")
    assert has_head(terminal, "第0轮")
    say(terminal, "", "案1-2>")
    terminal.wait_for("-- 案1 柜面 第1轮 -")
    terminal.send("\x0c")
    terminal.wait(lambda: terminal.screen.cursor.y < 5 and terminal.row_at_cursor == "案1-2>", "painted anew")
    terminal.wait_for("-- 案1 柜面 第1轮 -")
    for part in ["您好", "请转到安全账户", "不要告诉家人"]:
        assert part in "".join(conversation(terminal))
    assert "\ufffd" not in terminal.screen_text(), terminal.picture()


HOSTILE = {
    "colour": "红\x1b[31m字",
    "erase": "\x1b[2J",
    "one byte": "\x9b2J",
    "title": "\x1b]0;title\x07",
    "reordering": "甲\u202e乙",
    "bell and backspace": "甲\x07\x08乙",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_pasted_can_steer_the_screen(console, text):
    terminal = console()
    terminal.wait(lambda: len(rulers(terminal)) == 1, "the panel")
    terminal.raw = b""
    terminal.paste(f"一{text}二")
    terminal.wait(lambda: terminal.row_at_cursor.endswith("二"), "the pasted line")
    assert terminal.row_at_cursor.startswith("案1-1> 一")
    say(terminal, "", "案1-2>")
    terminal.send("\x0c")
    terminal.wait(lambda: terminal.screen.cursor.y == 1 and terminal.row_at_cursor == "案1-2>", "painted anew")
    raw = terminal.raw.decode()
    assert not any(sequence in raw for sequence in ["\x1b[31m", "\x9b", "\x1b]", "\u202e", "\x07"])
    # Only the repainting erases the screen.
    assert raw.count("\x1b[2J") == 1
    assert terminal.screen.title == ""


def test_control_characters_typed_are_shown_as_such(console):
    terminal = console()
    terminal.send("一\x16\x1b[31m二\x16\x07三")
    terminal.wait_prompt("案1-1>", "一^[[31m二^G三")
    say(terminal, "", "案1-2>")
    assert b"\x1b[31m" not in terminal.raw and b"\x07" not in terminal.raw


# Sizes


def test_resizing_leaves_one_panel_and_no_stale_rows(console):
    terminal = console()
    say(terminal, STRANGER, "案1-2>")
    terminal.send("客户说要给在国外的朋友汇八万块钱")
    terminal.wait_prompt("案1-2>", "客户说要给在国外的朋友汇八万块钱")
    for rows, columns in [(30, 100), (20, 50), (24, 80), (10, 60), (40, 120), (18, 40), (18, 200), (24, 80)]:
        terminal.resize(rows, columns)
        has_ruler = rows >= 12

        def is_right():
            text = terminal.rows
            if sum(row.startswith(PAUSED) for row in text) != 1 or len(rulers(terminal)) != has_ruler:
                return False
            bottom = rulers(terminal)[0] if has_ruler else rows - 1
            lines = "".join(text[:bottom])
            return (
                lines == f"> {STRANGER}案1-2> 客户说要给在国外的朋友汇八万块钱"
                and terminal.screen.cursor.y < bottom
                and terminal.row_at_cursor.endswith("八万块钱")
            )

        terminal.wait(is_right, f"one panel and one line at {rows}x{columns}")
    terminal.send("\x15")
    say(terminal, "没有", "案1-3>")
    terminal.wait_for("-- 案1 柜面 第2轮 -")


def test_ctrl_l_paints_anew(console):
    terminal = console()
    say(terminal, STRANGER, "案1-2>")
    terminal.send("半句")
    terminal.wait_prompt("案1-2>", "半句")
    # Somebody else wrote across the screen.
    terminal.stream.feed(b"\x1b[5;1Hnoise\x1b[22;1Hnoise")
    terminal.send("\x0c")
    terminal.wait_gone("noise")
    terminal.wait_prompt("案1-2>", "半句")
    assert has_level(terminal, PAUSED) and terminal.rows[0] == f"> {STRANGER}"


def test_a_tiny_screen_gets_lines(console):
    terminal = console(rows=5)
    say(terminal, STRANGER, "案1-2>")
    terminal.wait_for("说: ")
    assert not re.search(rb"\x1b\[\d+;\d*r", terminal.raw)
    assert not rulers(terminal)
    terminal.resize(24, 80)
    terminal.wait(lambda: rulers(terminal) == [17], "a panel once there is room")
    terminal.wait(lambda: has_level(terminal, PAUSED), "its level")
    terminal.resize(5, 80)
    # The advice is still to be seen where no panel is.
    terminal.wait(lambda: not rulers(terminal) and PAUSED in terminal.screen_text(), "the advice in lines")


# Terminals of other kinds


def test_no_colour_is_no_colour(console, tmp_path):
    # Each with a journal of its own: cases of one journal are numbered on.
    plain, coloured = console(NO_COLOR="1"), console(NO_COLOR="", XDG_STATE_HOME=str(tmp_path / "other"))
    for terminal in [plain, coloured]:
        say(terminal, "开着屏幕共享", "案1-2>")
        terminal.wait(lambda: has_level(terminal, REPORTED), "reported")
        terminal.line("/channel hotline")
        terminal.wait_for("[!!] 报警")
    assert not re.search(rb"\x1b\[[\d;]*m", plain.raw)
    assert COLOUR.search(coloured.raw)
    # Colour repeats what the words say.
    assert plain.rows == coloured.rows


def test_a_dumb_terminal_gets_lines_and_no_sequence(console):
    terminal = console(TERM="dumb")
    say(terminal, STRANGER, "案1-2>")
    assert any(row.startswith(f"  {PAUSED}") for row in terminal.rows) and any(row.startswith("  问: ") for row in terminal.rows)
    terminal.send("\x04")
    assert terminal.end() == 0
    assert b"\x1b" not in terminal.raw, re.findall(rb"\x1b\[[^a-zA-Z]*[a-zA-Z]", terminal.raw)


LOCALES = {"none": {"LANG": None}, "C": {"LANG": "C"}, "POSIX": {"LC_ALL": "POSIX"}, "unknown": {"LANG": "xx_XX.GB18030"}}


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES.keys())
def test_chinese_works_in_every_locale(console, locale):
    terminal = console(**locale)
    terminal.send("网上认识的人\x7f")
    terminal.wait_prompt("案1-1>", "网上认识的")
    terminal.send("\x1b[D\x1b[D识\x05,没见过面")
    terminal.wait_prompt("案1-1>", "网上认识识的,没见过面")


# Signals


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_a_sane_terminal(console, number):
    terminal = console()
    terminal.send("半句")
    terminal.wait_prompt("案1-1>", "半句")
    terminal.signal(number)
    assert terminal.end() == 128 + number
    assert b"\x1b[1;17r" in terminal.raw and terminal.region_is_reset
    assert not rulers(terminal)
    assert terminal.raw.rindex(b"\x1b[?2004l") > terminal.raw.rindex(b"\x1b[?2004h")


def test_ctrl_backslash_does_no_harm(console):
    """The key beside others: it may leave in good order or do nothing, but not crash with the line half typed."""
    terminal = console()
    terminal.send("半句")
    terminal.wait_prompt("案1-1>", "半句")
    terminal.send("\x1c话")
    try:
        terminal.wait(
            lambda: not terminal.child.isalive() or terminal.row_at_cursor.endswith("话"), "going on, or gone", seconds=2
        )
        assert terminal.region_is_reset or terminal.row_at_cursor == "案1-1> 半句话"
    finally:
        assert b"crashed" not in terminal.raw and b"Backtrac" not in terminal.raw


def child_of(shell):
    """The program the shell waits for."""
    children = pathlib.Path(f"/proc/{shell.child.pid}/task/{shell.child.pid}/children")
    return int(children.read_text().split()[-1])


def test_the_shell_gets_its_terminal_back(shell):
    """However the program ends, `stty` reads as before."""
    shell.line("stty -a > before")
    shell.wait_prompt("ready>")
    for number, code in [(None, 0), (signal.SIGTERM, 143)]:
        shell.line(f"clear; {PROGRAM}; echo code $?; stty -a > after; cmp before after && echo the 'same'")
        shell.wait_prompt("案1-1>")
        shell.send("半句")
        shell.wait_prompt("案1-1>", "半句")
        if number:
            os.kill(child_of(shell), number)
        else:
            shell.send("\x15\x04")
        shell.wait(lambda: "the same" in shell.rows, "the terminal as before")
        assert f"code {code}" in shell.rows, shell.picture()
        assert shell.region_is_reset and not rulers(shell)


def test_stopping_and_coming_back(shell):
    shell.line("stty -a > before")
    shell.wait_prompt("ready>")
    shell.line(str(PROGRAM))
    shell.wait_prompt("案1-1>")
    say(shell, STRANGER, "案1-2>")
    shell.send("半句")
    shell.wait_prompt("案1-2>", "半句")
    shell.send("\x1a")
    shell.wait_for("Stopped")
    shell.wait_prompt("ready>")
    assert shell.region_is_reset and not rulers(shell)
    shell.line("stty -a > stopped; cmp before stopped && echo the 'same'")
    shell.wait(lambda: "the same" in shell.rows, "the terminal as before")
    # The window may change meanwhile.
    shell.resize(20, 60)
    shell.line("fg")
    shell.wait(lambda: rulers(shell) == [13], "the panel at its new place")
    shell.wait_prompt("案1-2>", "半句")
    shell.wait(lambda: has_level(shell, PAUSED), "its level")
    shell.send("话")
    shell.wait_prompt("案1-2>", "半句话")
    shell.send("\x15\x04")
    shell.wait_prompt("ready>")
    assert "再见" in shell.screen_text()

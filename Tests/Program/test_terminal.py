"""The console on a real (pseudo-)terminal: the screen is the assertion."""

import signal
import stat

import pytest

from terminal import Terminal

PAUSED = "[||] 暂停"


@pytest.fixture
def console(tmp_path):
    opened = []

    def start(rows=24, columns=80, **environment):
        terminal = Terminal(tmp_path, rows, columns, **environment)
        opened.append(terminal)
        terminal.wait_for("案1-1> ")
        return terminal

    yield start
    for terminal in opened:
        terminal.child.close(force=True)


def panel_rows(terminal):
    return [index for index, row in enumerate(terminal.rows()) if row.startswith("-- 案")]


def test_an_empty_console_explains_itself(console):
    terminal = console()
    assert "/help" in terminal.text() and "回车" in terminal.text()
    assert panel_rows(terminal) == [17]


def test_the_panel_follows_every_character(console):
    terminal = console()
    terminal.send("网上认识的")
    terminal.wait_for("杀猪盘")
    assert PAUSED not in terminal.text()
    terminal.send(",没见过面")
    terminal.wait_for(PAUSED)
    assert "案1-1> 网上认识的,没见过面" in terminal.text()
    terminal.send("\x15")
    terminal.wait_gone(PAUSED)


def test_enter_commits_the_turn(console):
    terminal = console()
    terminal.line("网上认识的,没见过面")
    terminal.wait_for("案1-2> ")
    assert PAUSED in terminal.text()
    assert "第1轮" in terminal.text()


def test_a_digit_answers_and_says_what_it_meant(console):
    terminal = console()
    terminal.line("网上认识的,没见过面")
    terminal.wait_for("案1-2> ")
    terminal.line("3")
    terminal.wait_for("= 已经转了")
    assert "[!!] 立即上报" in terminal.text()


def test_backspace_takes_whole_characters(console):
    terminal = console()
    terminal.send("网上认识的人" + "\x7f" * 4)
    terminal.wait(lambda: any(row.endswith("> 网上") for row in terminal.rows()), "网上")


@pytest.mark.parametrize("columns", [40, 41])
def test_wide_characters_wrap_and_the_panel_stays(console, columns):
    terminal = console(columns=columns)
    text = "客户说要给网上认识的一个在国外当兵的朋友汇八万块钱买飞机票回来"
    terminal.send(text)
    terminal.wait(lambda: "回来" in terminal.text(), "the end of the line")
    terminal.settle()
    joined = "".join(terminal.rows()[: panel_rows(terminal)[0]])
    assert text in joined
    terminal.send("\x1b[D" * 6 + "\x7f\x7f")
    terminal.wait(lambda: "买飞回来" not in "".join(terminal.rows()) and text not in "".join(terminal.rows()), "the edit")
    terminal.settle()
    assert text[:-8] + text[-6:] in "".join(terminal.rows()[: panel_rows(terminal)[0]])
    assert len(panel_rows(terminal)) == 1


def test_ctrl_c_drops_the_line_and_keeps_the_conversation(console):
    terminal = console()
    terminal.line("网上认识的,没见过面")
    terminal.wait_for("案1-2> ")
    terminal.send("打到一半")
    terminal.wait_for("打到一半")
    terminal.signal(signal.SIGINT)
    terminal.wait_for("^C")
    terminal.line("/why")
    terminal.wait_for("为什么不更高")
    assert "第1轮" in terminal.text()


def test_ctrl_d_leaves_only_on_an_empty_line(console):
    terminal = console()
    terminal.send("没")
    terminal.send("\x04")
    terminal.settle()
    terminal.send("\x15\x04")
    assert terminal.end() == 0
    assert "再见" in terminal.text()


def test_commands(console):
    terminal = console(rows=40)
    terminal.line("/help")
    terminal.wait_for("/cover")
    terminal.line("/card 杀猪盘")
    terminal.wait_for("romance-investment")
    terminal.line("/search 保证金")
    terminal.wait_for("保证金")
    terminal.line("网上认识的,没见过面")
    terminal.wait_for(PAUSED)
    terminal.line("/steps")
    terminal.wait_for("1. [ ]")
    terminal.line("/undo")
    terminal.wait_for("已撤回: 网上认识的,没见过面")
    assert PAUSED not in terminal.rows()[panel_rows(terminal)[0] + 1]
    terminal.line("/new")
    terminal.wait_for("案2-1> ")


def test_the_channel_changes_the_words(console):
    terminal = console()
    terminal.line("开着屏幕共享")
    terminal.wait_for("[!!] 立即上报")
    terminal.line("/channel hotline")
    terminal.wait_for("[!!] 报警")


def test_covering_hides_everything_and_comes_back(console):
    terminal = console()
    terminal.line("网上认识的,没见过面")
    terminal.wait_for("案1-2> ")
    for cover in ["/cover\r", "\x1bOQ"]:
        terminal.send(cover)
        terminal.wait_for("业务办理中,请稍候")
        assert not any(word in terminal.text() for word in ["网上", "暂停", "案1", "杀猪盘", "第1轮"])
        terminal.send(cover)
        terminal.wait_for("> 网上认识的,没见过面")
        assert PAUSED in terminal.text()


def test_completion_shows_what_each_is(console):
    terminal = console()
    terminal.send("/ste\t")
    terminal.wait_for("/steps")
    terminal.send("\x15/c\t\t")
    terminal.wait_for("/channel  切换")
    assert "/card  看" in terminal.text()
    terminal.send("\x15网上\t\t")
    terminal.settle()
    assert "> 网上" in terminal.text()


def test_history_holds_commands_and_no_customers_word(console, tmp_path):
    terminal = console()
    terminal.line("网上认识的")
    terminal.wait_for("案1-2> ")
    terminal.line("/card 杀猪盘")
    terminal.wait_for("romance-investment")
    terminal.send("\x1b[A\x1b[A\x1b[A")
    terminal.settle()
    assert terminal.rows()[panel_rows(terminal)[0] - 1].endswith("> /card 杀猪盘") or "> /card 杀猪盘" in terminal.text()
    terminal.send("\x15\x04")
    assert terminal.end() == 0
    history = tmp_path / "state/fanzha/history"
    assert history.read_text() == "/card 杀猪盘\n"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    again = console()
    again.send("\x1b[A")
    again.wait_for("> /card 杀猪盘")


def test_a_pasted_message_of_several_lines_is_one_turn(console):
    terminal = console()
    terminal.send("\x1b[200~对方:您好\n请转到安全账户\n不要告诉家人\x1b[201~")
    terminal.settle()
    terminal.send("\r")
    terminal.wait_for("案1-2> ")
    assert "第1轮" in terminal.text() and PAUSED in terminal.text()


@pytest.mark.parametrize("sizes", [[(30, 100), (20, 50), (24, 80)], [(10, 60), (40, 120)], [(18, 40), (18, 200)]])
def test_resizing_leaves_one_panel_and_no_stale_rows(console, sizes):
    terminal = console()
    terminal.line("网上认识的,没见过面")
    terminal.wait_for("案1-2> ")
    for rows, columns in sizes:
        terminal.resize(rows, columns)
        terminal.wait_for("暂停")
        assert sum(row.startswith("[||]") for row in terminal.rows()) == 1
        assert len(panel_rows(terminal)) == (1 if rows >= 12 else 0)
        assert sum("案1-2>" in row for row in terminal.rows()) == 1


def test_ctrl_l_paints_anew(console):
    terminal = console()
    terminal.line("网上认识的,没见过面")
    terminal.wait_for("案1-2> ")
    terminal.send("半句\x0c")
    terminal.wait_for("案1-2> 半句")
    assert len(panel_rows(terminal)) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_a_sane_terminal(console, number):
    terminal = console()
    terminal.send("半句")
    terminal.wait_for("半句")
    terminal.signal(number)
    assert terminal.end() == 128 + number
    # The scroll region is reset and the panel's rows are gone.
    assert terminal.raw.rindex(b"\x1b[r") > terminal.raw.rindex(b"\x1b[1;17r")
    assert panel_rows(terminal) == []


def test_the_shell_gets_its_terminal_back(tmp_path):
    shell = Terminal(tmp_path, command="/bin/bash --norc", PS1="ready> ")
    shell.wait_for("ready> ")
    shell.line("stty -a > before; cd " + str(tmp_path) + "; stty -a > before; " + str(__import__("conftest").PROGRAM))
    shell.wait_for("案1-1> ")
    shell.send("\x04")
    shell.wait_for("再见")
    shell.line("stty -a > after; cmp before after && echo the same")
    shell.wait_for("\nthe same")
    shell.child.close(force=True)


def test_stopping_and_coming_back(tmp_path):
    shell = Terminal(tmp_path, command="/bin/bash --norc", PS1="ready> ")
    shell.wait_for("ready> ")
    shell.line(str(__import__("conftest").PROGRAM))
    shell.wait_for("案1-1> ")
    shell.line("网上认识的,没见过面")
    shell.wait_for("案1-2> ")
    shell.send("\x1a")
    shell.wait_for("Stopped")
    shell.line("fg")
    shell.wait_for("案1-2> ")
    assert PAUSED in shell.text() and len(panel_rows(shell)) == 1
    shell.send("\x04")
    shell.wait_for("再见")
    shell.child.close(force=True)


def test_no_colour_is_no_colour(console):
    terminal = console(NO_COLOR="1")
    terminal.line("网上认识的,没见过面")
    terminal.wait_for(PAUSED)
    assert b"m[||]" not in terminal.raw and b"\x1b[1;33m" not in terminal.raw
    coloured = console()
    coloured.line("网上认识的,没见过面")
    coloured.wait_for(PAUSED)
    assert b"\x1b[1;33m" in coloured.raw


def test_a_dumb_terminal_gets_lines(console):
    terminal = console(TERM="dumb")
    terminal.line("网上认识的,没见过面")
    terminal.wait_for("案1-2> ")
    assert PAUSED in terminal.text() and "问: " in terminal.text()
    assert b"\x1b[1;17r" not in terminal.raw


def test_a_tiny_screen_gets_lines(console):
    terminal = console(rows=5)
    terminal.line("网上认识的,没见过面")
    terminal.wait_for("案1-2> ")
    assert b";r" not in terminal.raw.replace(b"\x1b[r", b"")


@pytest.mark.parametrize("locale", [{"LANG": None}, {"LANG": "C"}, {"LC_ALL": "POSIX"}])
def test_without_a_locale_chinese_still_works(console, locale):
    terminal = console(**locale)
    terminal.send("网上认识的\x7f")
    terminal.wait(lambda: any(row.endswith("> 网上认识") for row in terminal.rows()), "网上认识")


def test_nothing_typed_can_steer_the_screen(console):
    terminal = console()
    terminal.send("\x1b[200~红\x1b[31m字\x9b2J\x1b[201~")
    terminal.settle()
    terminal.send("\r")
    terminal.wait_for("案1-2> ")
    terminal.send("\x0c")
    terminal.settle()
    assert b"\x1b[31m" not in terminal.raw
    assert len(panel_rows(terminal)) == 1

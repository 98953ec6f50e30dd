"""The tools of those who keep the knowledge base."""

import json
import re
import shlex
import shutil
import subprocess

import pytest

from conftest import KNOWLEDGE, PROGRAM, json_lines, private_environment

GUIDE = (KNOWLEDGE / "README.md").read_text()


@pytest.fixture
def copy(tmp_path):
    """A copy of the knowledge base to change."""
    folder = tmp_path / "Knowledge"
    shutil.copytree(KNOWLEDGE, folder)
    return folder


# The author's guide


def test_a_pattern_made_by_the_guide_alone_works_at_once(tmp_path):
    def block(beginning):
        return next(text for text in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if text.startswith(beginning))

    commands = re.findall(r"```sh\n(fanzha .*?)\n```", GUIDE)
    assert [command.split()[1] for command in commands] == ["knowledge", "knowledge", "advise"]

    def follow(command):
        arguments = shlex.split(command)[1:]
        return subprocess.run(
            [str(PROGRAM), *arguments], capture_output=True, text=True, cwd=tmp_path, env=private_environment(tmp_path), timeout=60
        )

    (tmp_path / "mybank").mkdir()
    new, lint, advise = commands
    assert follow(new).returncode == 0
    pattern = tmp_path / "mybank/patterns/fake-shopping/pet-adoption.yaml"
    # The skeleton itself can be checked, and nothing is overwritten.
    assert follow(lint).returncode == 0, follow(lint).stdout
    assert follow(new).returncode != 0
    (tmp_path / "mybank/facts").mkdir()
    (tmp_path / "mybank/facts/local-pet.yaml").write_text(block("topic: local-pet"))
    pattern.write_text(block("id: pet-adoption"))
    result = follow(lint)
    assert result.returncode == 0 and "KB070" in result.stdout, result.stdout
    assert "pet-adoption" not in follow(advise + " --format json").stdout
    pattern.write_text(block("id: pet-adoption").replace("status: draft", "status: test"))
    result = follow(lint)
    assert result.returncode == 0 and "KB070" not in result.stdout, result.stdout
    advice = json.loads(follow(advise + " --format json").stdout)["advice"]
    assert advice["suspects"][0]["id"] == "pet-adoption" and advice["level"] >= 2, advice["suspects"]


def test_every_folder_and_file_is_in_the_guide():
    for path in KNOWLEDGE.iterdir():
        if path.name != "README.md":
            assert f"`{path.name}" in GUIDE, path.name


# lint


def test_lint_finds_nothing_to_complain_of_and_names_what_is_blank(run):
    result = run("knowledge", "lint", "--strict")
    assert result.returncode == 0, result.out
    assert re.search(r"^错误 0,警告 0,提示 \d+$", result.out.splitlines()[-1])
    assert "KB050" in result.out and "派出所" in result.out


def test_lint_shows_the_line_and_what_to_write(run, copy):
    path = copy / "patterns/romance/romance-investment.yaml"
    path.write_text(path.read_text().replace("payee.relation = met-online", "payee.relation = met-onlin"))
    result = run("knowledge", "lint", "--knowledge", copy)
    assert result.returncode == 1
    found = re.search(r"错误\[KB021\] patterns/romance/romance-investment.yaml:(\d+):3: .*\n    \| (.*)\n    怎么办: (.*)", result.out)
    assert path.read_text().splitlines()[int(found[1]) - 1].strip() == found[2]
    assert found[3] == "是不是 payee.relation = met-online?"


def test_lint_minds_the_age_only_when_told_the_day(run):
    assert "KB073" in run("knowledge", "lint", "--today", "2030-01-01").out
    assert run("knowledge", "lint", "--today", "2030-01-01").returncode == 0
    assert run("knowledge", "lint", "--strict", "--today", "2030-01-01").returncode == 1
    assert run("knowledge", "lint", "--today", "tomorrow").returncode == 2


def test_a_branch_has_cases_contacts_and_tests_of_its_own(run, tmp_path):
    mine = tmp_path / "mine"
    (mine / "dialogues").mkdir(parents=True)
    (mine / "local-cases.yaml").write_text(
        "cases:\n  - {id: a, date: 2026-03-01, family: romance, text: 三月的一件真事。}\n"
        "  - {id: b, date: 2026-05-01, family: romance, text: 五月的一件真事。}\n")
    assert run("knowledge", "lint", "--overlay", mine).returncode == 0
    sheet = run("tips", "romance", "--overlay", mine).out
    assert "五月的一件真事" in sheet and "三月" not in sheet
    assert "真事" not in run("tips", "romance").out
    (mine / "dialogues/ours.jsonl").write_text(
        '{"id":"ours-1","truth":{"verdict":"scam","family":"romance"},"turns":[{"speaker":"customer","text":"今天天气不错"}]}\n')
    result = run("knowledge", "lint", "--overlay", mine)
    assert result.returncode == 1 and "KB064" in result.out and "ours-1" in result.out


def test_no_local_case_is_shipped(run, copy):
    (copy / "local-cases.yaml").write_text("cases:\n  - {id: a, date: 2026-03-01, family: romance, text: 一件事。}\n")
    assert "KB055" in run("knowledge", "lint", "--knowledge", copy).out


# Reading


def test_stats_counts_what_the_field_asks_for(run):
    counts = json.loads(run("knowledge", "stats", "--format", "json").out)
    least = {
        "patterns": 80, "purposes": 23, "questions": 150, "coverStories": 30, "procedures": 12, "families": 25,
        "seedScams": 40, "factsAskedAgain": 12,
    }
    assert {name: counts[name] for name in least if counts[name] < least[name]} == {}
    assert counts["facts"] > 50


@pytest.mark.parametrize("query, wanted", [
    (["安全账户"], "authority-case-call"), (["aqzh"], "authority-case-call"), (["anquanzhanghu"], "authority-case-call"),
    (["110"], "110"), (["网恋", "军官"], "romance-soldier-parcel"), (["假币"], "counterfeit-money"),
])
def test_search_finds_by_words_and_by_pinyin(run, query, wanted):
    result = run("knowledge", "search", *query)
    assert result.returncode == 0
    assert wanted in [line.split("\t")[0] for line in result.out.splitlines()][:4], result.out


def test_search_that_finds_nothing_says_so(run):
    result = run("knowledge", "search", "zzqx")
    assert result.returncode == 1 and "CO004" in result.err


def test_every_card_fits_a_screen(run):
    from wcwidth import wcswidth

    for kind in ["patterns", "purposes", "procedures", "questions", "cover-stories", "businesses", "contacts", "tips"]:
        for line in run("knowledge", "list", kind).out.splitlines()[::6]:
            card = run("knowledge", "show", line.split("\t")[0])
            assert card.returncode == 0, line
            rows = sum(max(1, -(-wcswidth(row) // 80)) for row in card.out.splitlines())
            assert rows <= 24, (line, rows)


@pytest.mark.parametrize("number, words", [
    ("110", ["110 是"]), ("96110", ["96110 是", "不是"]), ("95588", ["核不了真假", "自己拨"]), ("0096110", ["核不了真假"]),
])
def test_a_number_is_what_it_claims_or_nobody_can_say(run, number, words):
    result = run("knowledge", "number", number)
    assert result.returncode == 0 and all(word in result.out for word in words), result.out


def test_what_is_not_verified_is_marked(run):
    assert "未核实" in run("knowledge", "number", "12345").out
    assert "未核实" not in run("knowledge", "number", "110").out


# diff, graph


def test_diff_speaks_of_the_domain(run, copy, tmp_path):
    assert "没有改动" in run("knowledge", "diff", KNOWLEDGE, copy).out
    path = copy / "policy.yaml"
    path.write_text(path.read_text().replace("id: coached, when: [demand.coached = yes], level: 2", "id: coached, when: [demand.coached = yes], level: 3"))
    result = run("knowledge", "diff", KNOWLEDGE, copy)
    assert result.returncode == 0 and "~ 硬触发" in result.out and "级别: 2 -> 3" in result.out and "minor" in result.out
    pattern = copy / "patterns/romance/romance-emergency.yaml"
    pattern.unlink()
    for other in [copy / "seed.yaml", *copy.glob("p*/**/*.yaml")]:
        text = other.read_text()
        other.write_text(re.sub(r"romance-emergency, |, romance-emergency|romance-emergency", "", text))
    result = run("knowledge", "diff", KNOWLEDGE, copy)
    assert "- 手法" in result.out and "major" in result.out, result.err


def test_the_graph_is_a_drawing_of_families_purposes_and_questions(run):
    svg = run("knowledge", "graph").out
    assert svg.startswith("<?xml") and svg.rstrip().endswith("</svg>")
    assert "杀猪盘" in svg and "购房" in svg and "?" in svg
    dot = run("knowledge", "graph", "--format", "dot").out
    assert dot.startswith("graph knowledge {") and dot.count(" -- ") > 50


def test_without_graphviz_the_text_can_still_be_had(run):
    result = run("knowledge", "graph", PATH="/nonexistent")
    assert result.returncode == 74 and "graphviz" in result.err


def test_new_refuses_what_is_no_id_or_no_family(run, tmp_path):
    assert run("knowledge", "new", "pattern", "Big Id", "--family", "romance", "--overlay", tmp_path).returncode == 2
    result = run("knowledge", "new", "pattern", "some-id", "--family", "romanc", "--overlay", tmp_path)
    assert result.returncode == 2 and "romance" in result.err


# Sheets and cards


def test_every_sheet_prints(run):
    names = [line.split("\t")[0] for line in run("tips").out.splitlines()]
    assert len(names) > 50
    for name in names[::4]:
        text, page = run("tips", name), run("tips", name, "--format", "html")
        assert text.returncode == 0 and text.out.strip() and page.out.startswith("<!DOCTYPE html>"), name
    assert run("tips", "nothing-like-it").returncode == 1


def test_the_sheet_of_a_case_is_on_record_with_its_version(run):
    run(stdin="网上认识的男朋友让我转钱,没见过面\n")
    before = len(run("journal", "export").out.splitlines())
    sheet = run("tips", "--case", "1")
    assert sheet.returncode == 0 and "客户本人签字" in sheet.out
    events = json_lines(run("journal", "export").out)
    shown = [event for event in events if event["kind"] == "sheet-shown"]
    assert len(shown) == 1 and len(events) > before
    assert shown[0]["payload"]["sheet"] == "risk-romance"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", shown[0]["payload"]["version"])
    assert run("journal", "verify").returncode == 0
    assert run("tips", "--case", "9").returncode == 65

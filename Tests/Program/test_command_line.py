"""Commands, formats and exit codes: the contract with other programs."""

import json
import shutil

import jsonschema
import pytest

from conftest import ROOT

KNOWLEDGE = ROOT / "Knowledge"
DIALOGUES = [KNOWLEDGE / "dialogues/worked.jsonl", KNOWLEDGE / "dialogues/drills.jsonl"]
SCHEMAS = ROOT / "Sources/FanzhaReplay/Schemas"
ALARMING = ["诈骗", "骗子", "嫌疑", "报警", "被骗", "骗局"]


def schema(name):
    return json.loads((SCHEMAS / name).read_text())


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def broken(tmp_path):
    """A copy of the knowledge base with one file to break."""
    copy = tmp_path / "Knowledge"
    shutil.copytree(KNOWLEDGE, copy)
    return copy


def test_each_text_is_a_turn_of_one_conversation(run):
    result = run("advise", "--format", "json", "柜员：给谁转?", "网上认识的,没见过面", "观察:戴耳机", "对方:快点", "staff: ok")
    assert result.returncode == 0
    found = lines(result.out)
    assert [line["turn"] for line in found] == [1, 2, 3, 4, 5]
    assert [line["speaker"] for line in found] == ["staff", "customer", "observation", "counterparty", "staff"]
    assert found[1]["advice"]["levelName"] == "pause"
    assert "dialogue" not in found[0]


def test_lines_of_standard_input_are_turns_too(run):
    result = run("advise", "--format", "json", stdin="客户要汇80万给一个朋友\r\n\r\n网上认识的,没见过面")
    assert [line["turn"] for line in lines(result.out)] == [1, 2]


def test_a_pipe_without_a_command_gets_advice_for_each_line(run):
    result = run(stdin="客户要汇80万给一个做生意的朋友\n网上认识的,没见过面\n")
    assert result.returncode == 0
    first, second = result.out.split("\n2 客户: ")
    assert "1 客户: 客户要汇80万给一个做生意的朋友" in first and "核实" in first
    assert "暂停" in second and "问: " in second and "说: " in second


def test_a_pipe_understands_commands_and_answers(run):
    result = run(stdin="网上认识的\n/undo\n/nosuch\n/quit\n没有人读到这里\n")
    assert "已撤回: 网上认识的" in result.out
    assert "没有命令 /nosuch" in result.out
    assert "没有人读到这里" not in result.out


def test_every_line_is_valid_by_the_schema(run):
    validator = jsonschema.Draft202012Validator(schema("advice.schema.json"))
    result = run("replay", "--format", "json", *DIALOGUES)
    found = lines(result.out)
    assert len(found) == sum(len(json.loads(line)["turns"]) for path in DIALOGUES for line in path.read_text().splitlines())
    for line in found:
        validator.validate(line)
    for line in lines(run("advise", "--format", "json", "不想活了", "开着屏幕共享 已经转了三万 验证码给他了").out):
        validator.validate(line)


def test_the_schema_refuses_what_is_no_advice(run):
    validator = jsonschema.Draft202012Validator(schema("advice.schema.json"))
    line = lines(run("advise", "--format", "json", "你好").out)[0]
    for change in [{"level": 4}, {"extra": 1}, {"levelName": "stop"}, {"question": {}}]:
        bad = json.loads(json.dumps(line))
        bad["advice"].update(change)
        assert not validator.is_valid(bad)


def test_recorded_dialogues_are_valid_by_the_schema():
    validator = jsonschema.Draft202012Validator(schema("dialogue.schema.json"))
    for path in DIALOGUES:
        for line in path.read_text().splitlines():
            validator.validate(json.loads(line))


def test_same_input_same_bytes(run):
    assert run("replay", "--format", "json", *DIALOGUES).stdout == run("replay", "--format", "json", *DIALOGUES).stdout


def test_results_follow_input_order_and_ids_need_not_be_unique(run, tmp_path):
    record = '{"id":"same","turns":[{"speaker":"customer","text":"你好"}]}\n'
    (tmp_path / "a.jsonl").write_text(record * 2)
    (tmp_path / "b.jsonl").write_text(record.replace("same", "other"))
    result = run("replay", "--format", "json", "b.jsonl", "a.jsonl")
    assert [line["dialogue"] for line in lines(result.out)] == ["other", "same", "same"]


def test_a_recordings_own_channel_wins(run, tmp_path):
    record = '{"channel":"hotline","turns":[{"speaker":"customer","text":"开着屏幕共享"}]}\n'
    (tmp_path / "a.jsonl").write_text(record + record.replace("hotline", "counter"))
    text = run("replay", "--quiet", "a.jsonl").out
    assert "[!!] 报警" in text and "[!!] 立即上报" in text


def test_evaluate_gives_every_figure(run):
    found = json.loads(run("evaluate", "--format", "json", *DIALOGUES).out)
    assert found["dialogues"] == 15
    assert found["scamLevelInBounds"] == 1
    assert found["honestStopped"] == 0
    assert set(found) == {
        "dialogues", "withoutTruth", "scamLevelInBounds", "scamReleased", "honestStopped", "honestEverStopped",
        "familyFirst", "familyAmongThree", "purposeFirst", "proceduresGiven", "proceduresUncalled", "brier",
        "medianLag", "questionsPerHonest", "alwaysPause", "alwaysReport",
    }


def test_a_wrong_call_ends_with_2(run):
    for arguments in [["--nosuch"], ["advise", "--format", "xml", "x"], ["replay"], ["advise", "--channel", "mail", "x"]]:
        result = run(*arguments)
        assert result.returncode == 2, arguments
        assert result.out == "" and result.err != ""


def test_lint_finds_nothing_wrong_with_the_shipped_base(run):
    result = run("knowledge", "lint", "--strict")
    assert result.returncode == 0, result.out
    assert result.out.splitlines()[-1].startswith("错误 0,警告 0")


def test_lint_names_file_line_and_fix(run, broken):
    path = broken / "patterns/romance/romance-investment.yaml"
    path.write_text(path.read_text().replace("status: test", "status: tset"))
    result = run("knowledge", "lint", "--knowledge", broken)
    assert result.returncode == 1
    assert "错误[KB010] patterns/romance/romance-investment.yaml:6:" in result.out
    assert "是不是 test?" in result.out


def test_half_a_base_gives_no_advice(run, broken):
    (broken / "contacts.yaml").unlink()
    (broken / "facts/payee.yaml").write_text("topic: [")
    result = run("advise", "--knowledge", broken, "你好")
    assert result.returncode == 65
    assert result.out == ""
    assert "facts/payee.yaml:" in result.err and "怎么办" in result.err


def test_no_base_says_where_it_looked(run, tmp_path):
    result = run("advise", "你好", FANZHA_KNOWLEDGE=str(tmp_path / "nowhere"))
    assert result.returncode == 65
    assert "nowhere" in result.err


def test_an_overlay_adds_without_editing(run, tmp_path):
    overlay = tmp_path / "local"
    (overlay / "scripts").mkdir(parents=True)
    (overlay / "scripts/local.yaml").write_text("scripts:\n  - {id: ours, when: clear, text: 本行用语。, sources: [own]}\n")
    plain = lines(run("advise", "--format", "json", "你好").out)[0]["advice"]["knowledgeVersion"]
    for result in [
        run("advise", "--format", "json", "--overlay", overlay, "你好"),
        run("advise", "--format", "json", "你好", FANZHA_OVERLAY=str(overlay)),
    ]:
        assert lines(result.out)[0]["advice"]["knowledgeVersion"] != plain


def test_the_counter_reads_nothing_alarming(run):
    """Level, question, script and steps, of every turn of every recorded dialogue, as if all were at the counter."""
    for path in DIALOGUES:
        for line in path.read_text().splitlines():
            turns = json.loads(line)["turns"]
            prefix = {"customer": "客户:", "staff": "柜员:", "observation": "观察:", "counterparty": "对方:"}
            texts = [prefix[turn["speaker"]] + turn["text"] for turn in turns]
            for report in lines(run("advise", "--format", "json", "--channel", "counter", *texts).out):
                advice = report["advice"]
                shown = [advice["script"], *(step["text"] for step in advice["steps"])]
                if advice["question"]:
                    shown += [advice["question"]["text"], *(option["label"] for option in advice["question"]["options"])]
                for word in ALARMING:
                    assert not any(word in text for text in shown), (word, shown)


def test_contacts_come_from_the_contacts_file(run):
    known = {line.split("\t")[2] for line in run("knowledge", "list", "contacts").out.splitlines()}
    found = lines(run("replay", "--format", "json", *DIALOGUES).out)
    numbers = {
        step["contact"] for line in found for step in line["advice"]["steps"] if (step["contact"] or "").isdigit()
    }
    assert numbers and numbers <= known


def test_knowledge_can_be_listed_and_shown(run):
    assert len(run("knowledge", "list", "purposes").out.splitlines()) == 23
    families = {line.split("\t")[1] for line in run("knowledge", "list", "patterns").out.splitlines()}
    assert len(families) == 25
    assert "网络婚恋交友" in run("knowledge", "show", "romance-investment").out
    missing = run("knowledge", "show", "romance-investmnt")
    assert missing.returncode == 1 and "romance-investment" in missing.err


def test_it_works_from_any_folder(run, tmp_path):
    assert run("advise", "--quiet", "你好", cwd="/", FANZHA_KNOWLEDGE=None).returncode == 0

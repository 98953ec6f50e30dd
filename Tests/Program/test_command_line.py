"""Commands, formats and exit codes: the contract with other programs."""

import json
import re
import shutil
import subprocess

import pytest

from conftest import DIALOGUES, KNOWLEDGE, PROGRAM, json_lines, private_environment, recordings

PREFIXES = {"customer": "客户:", "staff": "柜员:", "observation": "观察:", "counterparty": "对方:"}


@pytest.fixture
def broken(tmp_path):
    """A copy of the knowledge base to break."""
    copy = tmp_path / "Knowledge"
    shutil.copytree(KNOWLEDGE, copy)
    return copy


# Help


def test_help_groups_the_commands(run):
    result = run("--help")
    assert result.returncode == 0 and result.err == ""
    groups = [result.out.index(name) for name in ["对话", "录音与评测", "知识库 "]]
    commands = [result.out.index(f"\n  {name} ") for name in ["console", "advise", "replay", "evaluate", "knowledge"]]
    assert groups[0] < commands[0] < commands[1] < groups[1] < commands[2] < commands[3] < groups[2] < commands[4]


@pytest.mark.parametrize("command", ["console", "advise", "replay", "evaluate", "knowledge lint"])
def test_every_option_is_documented(run, command):
    result = run(*command.split(), "--help")
    assert result.returncode == 0
    # Wrapped lines belong to the option above them.
    section = result.out.split("OPTIONS:\n")[1].split("\n\n")[0]
    options = re.split(r"\n  (?=-)", "\n" + section.lstrip())
    assert len([option for option in options if option.strip()]) >= 4
    for option in options:
        assert not option.strip() or re.search(r"\s{2,}\S|\n\s+\S", option.strip()), option


# Advice


def test_each_text_is_a_turn_of_one_conversation(run):
    texts = ["柜员:给谁转?", "网上认识的,没见过面", "观察:戴耳机", "对方:快点", "客户:没有"]
    result = run("advise", "--format", "json", *texts)
    assert result.returncode == 0 and result.err == ""
    found = json_lines(result.out)
    assert [line["turn"] for line in found] == [1, 2, 3, 4, 5]
    assert [line["speaker"] for line in found] == ["staff", "customer", "observation", "counterparty", "customer"]
    assert [line["advice"]["levelName"] for line in found][:2] == ["verify", "pause"]
    assert all("dialogue" not in line for line in found)
    assert {item["turn"] for item in found[-1]["advice"]["evidence"]} >= {2}


def test_either_language_and_either_colon_names_the_speaker(run):
    names = {
        "customer": ["客户", "customer", "Customer"],
        "staff": ["柜员", "热线", "staff", "STAFF"],
        "observation": ["观察", "observation"],
        "counterparty": ["对方", "counterparty"],
    }
    cases = [(name + colon, speaker) for speaker in names for name in names[speaker] for colon in [":", "\uff1a"]]
    found = json_lines(run("advise", "--format", "json", *(prefix + "你好" for prefix, _ in cases)).out)
    assert [line["speaker"] for line in found] == [speaker for _, speaker in cases]


def test_a_prefix_is_no_part_of_the_words(run):
    out = run("advise", "--quiet", "observation: 戴着耳机", "时间:下午三点", "客户").out
    assert "1 观察: 戴着耳机\n" in out
    # Other words before a colon name nobody.
    assert "2 客户: 时间:下午三点\n" in out and "3 客户: 客户\n" in out


def test_lines_of_standard_input_are_turns_too(run):
    result = run("advise", "--format", "json", stdin="\ufeff柜员:给谁?\r\n\r\n网上认识的,没见过面")
    found = json_lines(result.out)
    assert [line["turn"] for line in found] == [1, 2]
    assert [line["speaker"] for line in found] == ["staff", "customer"]
    texts = run("advise", "--format", "json", "柜员:给谁?", "网上认识的,没见过面")
    assert result.stdout == texts.stdout


def test_advice_comes_line_by_line(tmp_path):
    """A program at the other end of the pipe can follow: nothing waits for the end of the input."""
    with subprocess.Popen(
        [PROGRAM, "advise", "--format", "json"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=private_environment(tmp_path),
    ) as child:
        for turn in [1, 2]:
            child.stdin.write("网上认识的\n".encode())
            child.stdin.flush()
            assert json.loads(child.stdout.readline())["turn"] == turn
        child.stdin.close()
        assert child.wait(timeout=10) == 0


def test_quiet_says_less(run):
    texts = ["网上认识的,没见过面"]
    long, short = run("advise", *texts).out.splitlines(), run("advise", "--quiet", *texts).out.splitlines()
    assert len(short) < len(long) and set(short) <= set(long)
    assert [line.strip()[:2] for line in short[1:]] == ["[|", "问:", "1 ", "说:"]


def test_the_hotline_says_what_the_counter_must_not(run):
    texts = ["开着屏幕共享"]
    counter, hotline = run("advise", *texts).out, run("advise", "--channel", "hotline", *texts).out
    assert "[!!] 立即上报" in counter and "报警" not in counter
    assert "[!!] 报警" in hotline


# The plain session


def test_a_pipe_without_a_command_gets_advice_for_each_line(run):
    result = run(stdin="客户要汇80万给一个做生意的朋友\n网上认识的,没见过面\n")
    assert result.returncode == 0 and result.err == ""
    first, second = result.out.split("\n2 客户: ")
    assert first.startswith("1 客户: 客户要汇80万给一个做生意的朋友\n") and "核实" in first
    assert second.startswith("网上认识的,没见过面\n")
    assert "暂停" in second and "问: " in second and "说: " in second
    assert run("console", stdin="网上认识的\n").out == run(stdin="网上认识的\n").out


def test_a_pipe_understands_commands_and_answers(run):
    result = run(stdin="网上认识的\n/undo\n/nosuch\n/setps\n/quit\n没有人读到这里\n")
    assert result.returncode == 0
    assert "已撤回: 网上认识的" in result.out
    assert "没有命令 /nosuch" in result.out and "是不是 /steps" in result.out
    assert "没有人读到这里" not in result.out


# Replay


def test_replay_gives_advice_for_every_turn_in_order(replayed):
    assert replayed.returncode == 0 and replayed.err == ""
    wanted = [
        (dialogue["id"], turn + 1, said["speaker"])
        for dialogue in recordings()
        for turn, said in enumerate(dialogue["turns"])
    ]
    assert len(wanted) > 50
    assert [(line["dialogue"], line["turn"], line["speaker"]) for line in json_lines(replayed.out)] == wanted


def test_same_input_same_bytes(run, replayed):
    assert run("replay", "--format", "json", *DIALOGUES, cwd="/").stdout == replayed.stdout


def test_replay_and_advise_agree(run, replayed):
    dialogue = recordings()[0]
    texts = [PREFIXES[turn["speaker"]] + turn["text"] for turn in dialogue["turns"]]
    result = run("advise", "--format", "json", "--channel", dialogue["channel"], *texts)
    wanted = [line for line in json_lines(replayed.out) if line["dialogue"] == dialogue["id"]]
    for line in wanted:
        del line["dialogue"]
    assert json_lines(result.out) == wanted


def test_truth_and_unknown_fields_do_not_change_advice(run, replayed):
    dialogues = recordings()
    for dialogue in dialogues:
        dialogue["truth"] = {"verdict": "benign"}
        dialogue["turns"][0]["noise"] = {"deep": [1]}
        dialogue["answer"] = "scam"
    text = "".join(json.dumps(dialogue, ensure_ascii=False) + "\n" for dialogue in dialogues)
    assert run("replay", "--format", "json", "-", stdin=text).stdout == replayed.stdout


def test_results_follow_input_order_and_ids_need_not_be_unique(run, tmp_path):
    record = '{"id":"same","turns":[{"speaker":"customer","text":"你好"}]}\n'
    (tmp_path / "a.jsonl").write_text(record * 2)
    (tmp_path / "b.jsonl").write_text(record.replace("same", "other"))
    result = run("replay", "--format", "json", "b.jsonl", "a.jsonl")
    assert result.returncode == 0
    found = [(line["dialogue"], line["turn"]) for line in json_lines(result.out)]
    assert found == [("other", 1), ("same", 1), ("same", 1)]


def test_a_recordings_own_channel_wins(run, tmp_path):
    record = '{"channel":"hotline","turns":[{"speaker":"customer","text":"开着屏幕共享"}]}\n'
    unsaid = record.replace('"channel":"hotline",', "")
    (tmp_path / "a.jsonl").write_text(record + record.replace("hotline", "counter") + unsaid)
    text = run("replay", "--quiet", "--channel", "hotline", "a.jsonl").out
    assert re.findall(r"\[!!\] (\S+)", text) == ["报警", "立即上报", "报警"]


def test_every_format_of_a_recording_reads_the_same(run, tmp_path):
    turns = [{"speaker": "staff", "text": "给谁转?"}, {"speaker": "customer", "text": "网上认识的,没见过面"}]
    (tmp_path / "a.jsonl").write_text(json.dumps({"turns": turns}) + "\n")
    (tmp_path / "a.yaml").write_text(
        "id: one\nturns:\n  - {speaker: staff, text: 给谁转?}\n  - speaker: customer\n    text: 网上认识的,没见过面\n")
    (tmp_path / "a.txt").write_text("柜员:给谁转?\n\n网上认识的,没见过面\n")
    text = (tmp_path / "a.txt").read_bytes()
    result = run("replay", "--format", "json", "a.jsonl", "a.yaml", "a.txt", "-", stdin=text)
    assert result.returncode == 0, result.err
    advice = [line["advice"] for line in json_lines(result.out)]
    assert len(advice) == 8
    assert all(advice[index] == advice[index % 2] for index in range(8))


def test_a_pipe_is_a_file_too(tmp_path):
    script = """printf '%s\\n' '{"turns":[{"speaker":"customer","text":"你好"}]}' > record
        "$0" replay --quiet <(cat record) && cat record | "$0" replay --quiet /dev/stdin"""
    result = subprocess.run(
        ["bash", "-c", script, PROGRAM], capture_output=True, cwd=tmp_path, env=private_environment(tmp_path), timeout=60
    )
    assert result.returncode == 0, result.stderr.decode()
    assert result.stdout.decode().count("1 客户: 你好\n") == 2


# Evaluation


def test_evaluate_gives_every_figure(run):
    result = run("evaluate", "--format", "json", *DIALOGUES)
    assert result.returncode == 0 and result.err == ""
    found = json.loads(result.out)
    assert found["dialogues"] == len(recordings()) and found["withoutTruth"] == 0
    assert found["scamLevelInBounds"] == 1
    assert found["honestStopped"] == 0
    shares = [
        "scamLevelInBounds", "scamReleased", "honestStopped", "honestEverStopped", "familyFirst", "familyAmongThree",
        "purposeFirst", "proceduresGiven", "proceduresUncalled", "brier", "alwaysPause", "alwaysReport",
    ]
    assert set(found) == {"dialogues", "withoutTruth", "medianLag", "questionsPerHonest", *shares}
    assert all(0 <= found[name] <= 1 for name in shares)
    assert found["familyFirst"] <= found["familyAmongThree"] and found["questionsPerHonest"] > 0


def test_advice_that_differs_from_truth_is_a_result(run, tmp_path):
    turns = [{"speaker": "customer", "text": "网上认识的,没见过面"}]
    truths = [
        {"verdict": "benign", "family": "house-purchase"}, {"verdict": "scam"}, {"verdict": "scam", "level_max": 1},
        {"verdict": "scam", "level_min": 3, "family": "romance", "decisive_turn": None},
        {"verdict": "benign", "level_min": 1, "families": []}, None,
    ]
    records = [{"id": str(number), "turns": turns, "truth": truth} for number, truth in enumerate(truths)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    found = json.loads(run("evaluate", "--format", "json", "a.jsonl").out)
    assert (found["dialogues"], found["withoutTruth"]) == (6, 1)
    assert found["honestStopped"] == 1
    result = run("evaluate", "--mistakes", "a.jsonl")
    assert result.returncode == 0, result.err[:300]
    mistakes = re.findall(r"^(\d)\s+级别 2\(应 ", result.out, re.MULTILINE)
    assert "0" in mistakes and "3" in mistakes and "1" not in mistakes


# Exit codes


@pytest.mark.parametrize(
    "call",
    [
        "--nosuch", "nosuch", "replay", "evaluate", "knowledge show", "knowledge nosuch", "advise --format xml x",
        "advise --channel mail x", "advise --channel", "replay --encoding latin1 x", "--lang xx", "knowledge list nosuch",
    ],
)
def test_a_wrong_call_ends_with_2(run, call):
    result = run(*call.split())
    assert result.returncode == 2
    assert result.out == "" and "Usage" in result.err


def test_a_reader_that_leaves_is_no_disaster(tmp_path):
    with subprocess.Popen(
        [PROGRAM, "replay", *DIALOGUES], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=private_environment(tmp_path)
    ) as child:
        child.stdout.readline()
        child.stdout.close()
        err = child.stderr.read().decode()
    assert child.returncode in (0, 74, -13) and "crashed" not in err and "Fatal" not in err


# The knowledge base


def test_lint_names_file_line_and_fix_of_every_problem(run, broken):
    pattern = broken / "patterns/romance/romance-investment.yaml"
    lines = pattern.read_text().splitlines(keepends=True)
    number = next(index for index, line in enumerate(lines) if line.startswith("status:"))
    lines[number] = "status: tset\n"
    pattern.write_text("".join(lines) + "nosuch: 1\n")
    (broken / "purposes/hospital.yaml").write_text("id: [\n")
    result = run("knowledge", "lint", "--knowledge", broken)
    assert result.returncode == 1
    for problem in [
        rf"\[KB010\] patterns/romance/romance-investment.yaml:{number + 1}:\d+: .*\n +\| .*\n +怎么办: 是不是 test\?",
        rf"\[KB009\] patterns/romance/romance-investment.yaml:{len(lines) + 1}:\d+: .*nosuch\n +\| nosuch: 1\n +怎么办: ",
        r"\[KB004\] purposes/hospital.yaml:\d+:\d+: .*\n(?: +\| .*\n)? +怎么办: ",
    ]:
        assert re.search("错误" + problem, result.out), problem
    assert re.fullmatch(r"错误 [1-9]\d*,警告 \d+,提示 \d+", result.out.splitlines()[-1])


def test_lint_reports_what_is_no_text_beside_the_rest(run, broken):
    (broken / "purposes/hospital.yaml").write_bytes(b"id: \xff\xfe\n")
    (broken / "purposes/school-fee.yaml").write_text("id: [\n")
    result = run("knowledge", "lint", "--knowledge", broken)
    assert "purposes/hospital.yaml" in result.out + result.err
    assert "purposes/school-fee.yaml" in result.out + result.err
    assert result.returncode == 1


@pytest.mark.parametrize("command", [["advise", "你好"], ["replay", *DIALOGUES], []], ids=["advise", "replay", "session"])
def test_half_a_base_gives_no_advice(run, broken, command):
    (broken / "facts/payee.yaml").write_text("topic: [")
    result = run(*command, stdin="你好\n", FANZHA_KNOWLEDGE=str(broken))
    assert result.returncode == 65
    assert result.out == ""
    assert re.search(r"facts/payee.yaml:\d+:\d+: ", result.err) and "怎么办" in result.err


def test_no_base_says_where_it_looked(run, tmp_path):
    result = run("advise", "你好", FANZHA_KNOWLEDGE=str(tmp_path / "nowhere"))
    assert result.returncode == 65 and result.out == ""
    assert str(tmp_path / "nowhere") in result.err and "--knowledge" in result.err


def test_it_works_from_any_folder(run):
    """With nothing said, it takes the copy it was built beside."""
    wanted = run("advise", "--format", "json", "你好")
    result = run("advise", "--format", "json", "你好", cwd="/", FANZHA_KNOWLEDGE=None)
    assert result.returncode == 0 and result.stdout == wanted.stdout, result.err


def test_an_empty_variable_is_an_unset_one(run):
    wanted = run("advise", "--format", "json", "你好", FANZHA_KNOWLEDGE=None).stdout
    for name in ["FANZHA_KNOWLEDGE", "FANZHA_OVERLAY"]:
        result = run("advise", "--format", "json", "你好", **{"FANZHA_KNOWLEDGE": None, name: ""})
        assert result.returncode == 0 and result.stdout == wanted, (name, result.err)


def test_the_option_beats_the_variable(run, tmp_path):
    result = run("advise", "--knowledge", KNOWLEDGE, "你好", FANZHA_KNOWLEDGE=str(tmp_path / "nowhere"))
    assert result.returncode == 0
    result = run("advise", "--knowledge", tmp_path / "nowhere", "你好")
    assert result.returncode == 65


def version(result):
    return json_lines(result.out)[0]["advice"]["knowledgeVersion"]


def test_an_overlay_adds_and_replaces_without_editing(run, replayed, tmp_path):
    overlay = tmp_path / "local"
    (overlay / "scripts").mkdir(parents=True)
    (overlay / "scripts/local.yaml").write_text("scripts:\n  - {id: ours, when: clear, text: 本行用语。, sources: [own]}\n")
    plain = version(replayed)
    option = version(run("advise", "--format", "json", "--overlay", overlay, "你好"))
    variable = version(run("advise", "--format", "json", "你好", FANZHA_OVERLAY=str(overlay)))
    assert plain != option == variable
    contacts = (KNOWLEDGE / "contacts.yaml").read_text().replace('number: "96110"', 'number: "96119"')
    (overlay / "contacts.yaml").write_text(contacts)
    assert "\t96119\t" in run("knowledge", "list", "contacts", "--overlay", overlay).out
    assert "96119" not in (KNOWLEDGE / "contacts.yaml").read_text()


def test_a_broken_overlay_is_named(run, tmp_path):
    overlay = tmp_path / "local"
    (overlay / "purposes").mkdir(parents=True)
    (overlay / "purposes/hospital.yaml").write_text("id: [\n")
    result = run("advise", "--overlay", overlay, "你好")
    assert result.returncode == 65 and result.out == "" and "purposes/hospital.yaml:" in result.err
    assert run("knowledge", "lint", "--overlay", overlay).returncode == 1
    result = run("advise", "--overlay", tmp_path / "nowhere", "你好")
    assert result.returncode == 65 and result.out == "" and str(tmp_path / "nowhere") in result.err


def test_knowledge_can_be_listed_and_shown(run):
    assert len(run("knowledge", "list", "purposes").out.splitlines()) == 23
    families = {line.split("\t")[1] for line in run("knowledge", "list", "patterns").out.splitlines()}
    assert len(families) == 25
    assert "网络婚恋交友" in run("knowledge", "show", "romance-investment").out
    missing = run("knowledge", "show", "romance-investmnt")
    assert missing.returncode == 1 and missing.out == "" and "是不是 romance-investment" in missing.err


def test_contacts_come_from_the_contacts_file(run, replayed):
    known = {line.split("\t")[2] for line in run("knowledge", "list", "contacts").out.splitlines()}
    numbers = {
        step["contact"]
        for line in json_lines(replayed.out)
        for step in line["advice"]["steps"]
        if (step["contact"] or "").isdigit()
    }
    assert "110" in numbers and numbers <= known


# What the customer may see


def test_the_counter_reads_nothing_alarming(run):
    """Every line the program itself writes, after every turn of every recorded dialogue, all held at the counter."""
    dialogues = recordings()

    def written(channel):
        for dialogue in dialogues:
            dialogue["channel"] = channel
        text = "".join(json.dumps(dialogue, ensure_ascii=False) + "\n" for dialogue in dialogues)
        result = run("replay", "-", stdin=text)
        assert result.returncode == 0
        # What was said stands at the margin, what the program says is indented; quotations are the speaker's.
        return [re.sub("「[^」]*」", "", line) for line in result.out.splitlines() if line.startswith("  ")]

    counter = written("counter")
    kinds = {line.split()[0] for line in counter}
    assert {"[OK]", "[||]", "[!!]", "问:", "说:", "做:", "因:"} <= kinds
    for word in ["诈骗", "骗子", "嫌疑", "报警"]:
        assert not [line for line in counter if word in line]
    assert [line for line in written("hotline") if "报警" in line]

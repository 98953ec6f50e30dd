"""The JSON Schemas describe what the program writes and reads: all of it, and nothing else."""

import copy
import json

import jsonschema
import pytest

from conftest import ROOT, json_lines, recordings

SCHEMAS = ROOT / "Sources/FanzhaReplay/Schemas"


def schema(name):
    content = json.loads((SCHEMAS / name).read_text())
    jsonschema.Draft202012Validator.check_schema(content)
    assert content["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    return jsonschema.Draft202012Validator(content)


@pytest.fixture(scope="module")
def advice_schema():
    return schema("advice.schema.json")


@pytest.fixture(scope="module")
def dialogue_schema():
    return schema("dialogue.schema.json")


def objects(value, path=()):
    """Every object inside a value, by its path."""
    if isinstance(value, dict):
        yield path
        for key, item in value.items():
            yield from objects(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from objects(item, (*path, index))


def at(value, path):
    for key in path:
        value = value[key]
    return value


def test_every_line_of_replay_is_valid(replayed, advice_schema):
    found = json_lines(replayed.out)
    for line in found:
        advice_schema.validate(line)
        assert "dialogue" in line
    # The recordings show every shape the schema allows.
    advice = [line["advice"] for line in found]
    steps = [step for item in advice for step in item["steps"]]
    assert {item["level"] for item in advice} == {0, 1, 2, 3}
    assert {item["question"] is None for item in advice} == {True, False}
    assert {step["contact"] is None for step in steps} == {True, False}
    assert {step["due"] for step in steps} >= {"now", "next", "later"}
    assert {suspect["kind"] for item in advice for suspect in item["suspects"]} == {"pattern", "purpose"}


def test_every_line_of_advise_is_valid(run, advice_schema):
    texts = [
        "不想活了", "观察:门外有人等", "开着屏幕共享 已经转了三万", "验证码给他了", "对方:现在就转过来",
        "柜员:您和他见过面吗?", "没有", "其实是见过的", "", "？", "买车", "是给他的彩礼", "借张卡给他用,进账了再取出来",
    ]
    for channel in ["counter", "hotline"]:
        found = json_lines(run("advise", "--format", "json", "--channel", channel, *texts).out)
        assert len(found) == len(texts)
        for line in found:
            advice_schema.validate(line)
            assert "dialogue" not in line
        assert any(line["advice"]["situation"]["danger"] for line in found)


def test_what_is_listed_is_in_order(replayed):
    for line in json_lines(replayed.out):
        advice = line["advice"]
        probabilities = [suspect["probability"] for suspect in advice["suspects"]]
        assert probabilities == sorted(probabilities, reverse=True)
        assert sum(probabilities) < 1 + 1e-9
        patterns = [suspect["probability"] for suspect in advice["suspects"] if suspect["kind"] == "pattern"]
        assert sum(patterns) < advice["scamProbability"] + 1e-9
        urgency = ["safety", "cut-control", "stop-payment", "secure-account", "discreet"]
        assert advice["procedures"] == sorted(advice["procedures"], key=urgency.index)
        assert all(1 <= item["turn"] <= line["turn"] for item in advice["evidence"])
        assert all(turn <= line["turn"] for item in advice["contradictions"] for turn in item["turns"])
        if advice["question"]:
            ids = [option["id"] for option in advice["question"]["options"]]
            assert len(ids) == len(set(ids))


@pytest.fixture(scope="module")
def fullest(replayed):
    """The advice with most to it, so that every part of the schema has something to hold against."""
    found = [
        line for line in json_lines(replayed.out) if line["advice"]["question"] and line["advice"]["contradictions"]
    ]
    return max(found, key=lambda line: len(list(objects(line))))


def test_advice_with_a_field_more_or_less_is_refused(fullest, advice_schema):
    advice_schema.validate(fullest)
    paths = list(objects(fullest))
    assert len({tuple(key for key in path if isinstance(key, str)) for path in paths}) == 10
    for path in paths:
        more = copy.deepcopy(fullest)
        at(more, path)["extra"] = 1
        assert not advice_schema.is_valid(more), path
        for key in at(fullest, path):
            less = copy.deepcopy(fullest)
            del at(less, path)[key]
            assert advice_schema.is_valid(less) == (key == "dialogue"), (path, key)


def test_advice_with_a_word_that_is_none_is_refused(fullest, advice_schema):
    changes = [
        (("turn",), 0), (("speaker",), "robot"), (("advice", "level"), 4), (("advice", "levelName"), "stop"),
        (("advice", "level"), (fullest["advice"]["level"] + 1) % 4), (("advice", "scamProbability"), 1.5),
        (("advice", "situation", "money"), "gone"), (("advice", "situation", "danger"), None),
        (("advice", "procedures"), ["coffee"]), (("advice", "procedures"), ["safety", "safety"]),
        (("advice", "suspects", 0, "kind"), "guess"), (("advice", "evidence", 0, "turn"), 0),
        (("advice", "question"), {}), (("advice", "question", "text"), ""), (("advice", "question", "options"), []),
        (("advice", "steps", 0, "due"), "soon"), (("advice", "steps", 0, "contact"), 110), (("advice", "script"), None),
        (("advice", "reasons"), [""]), (("advice", "redFlags"), None), (("advice", "contradictions", 0, "turns"), [1]),
        (("advice", "knowledgeVersion"), "latest"),
    ]
    for path, value in changes:
        bad = copy.deepcopy(fullest)
        assert at(bad, path) != value
        at(bad, path[:-1])[path[-1]] = value
        assert not advice_schema.is_valid(bad), (path, value)


# Recorded dialogues


def test_recorded_dialogues_are_valid(dialogue_schema):
    found = recordings()
    assert len(found) > 10
    for dialogue in found:
        dialogue_schema.validate(dialogue)


MINIMAL = {"turns": [{"speaker": "customer", "text": "你好"}]}
FULL = {
    "id": "a", "channel": "hotline", "note": "unknown fields are ignored",
    "truth": {
        "verdict": "scam", "family": "romance", "families": ["romance", "fake-investment"], "level_min": 2, "level_max": 3,
        "procedures": ["stop-payment"], "procedures_maybe": [], "decisive_turn": 1, "by": "an expert",
    },
    "turns": [{"speaker": "observation", "text": "戴耳机", "at": "2025-03-01T09:30:00+08:00", "noise": 1}],
}
GOOD = [MINIMAL, FULL, {"turns": []}, {**MINIMAL, "truth": {"verdict": "benign"}}]
BAD = [
    {}, {"turns": 5}, {"turns": [{"speaker": "robot", "text": ""}]}, {"turns": [{"speaker": "customer"}]}, {"turns": [{"text": ""}]},
    {**MINIMAL, "id": 1}, {**MINIMAL, "channel": "mail"}, {**MINIMAL, "truth": {"family": "romance"}},
    {**MINIMAL, "truth": {"verdict": "maybe"}}, {**MINIMAL, "truth": {"verdict": "scam", "level_min": "high"}}, [], "turns", 5,
]


def test_schema_and_program_agree_on_what_a_recording_is(run, tmp_path, dialogue_schema):
    (tmp_path / "good.jsonl").write_text("".join(json.dumps(record) + "\n" for record in GOOD))
    (tmp_path / "bad.jsonl").write_text("".join(json.dumps(record) + "\n" for record in BAD))
    assert all(map(dialogue_schema.is_valid, GOOD))
    assert not any(map(dialogue_schema.is_valid, BAD))
    assert run("replay", "good.jsonl").returncode == 0
    result = run("replay", "bad.jsonl")
    assert result.returncode == 65 and result.err.count("bad.jsonl:") == len(BAD)


def test_the_schema_knows_more_than_the_reader_needs(dialogue_schema):
    for truth in [
        {"level_min": 4}, {"level_max": -1}, {"procedures": ["coffee"]}, {"decisive_turn": 0}, {"family": "Not An Id"},
    ]:
        assert not dialogue_schema.is_valid({**MINIMAL, "truth": {"verdict": "scam", **truth}}), truth

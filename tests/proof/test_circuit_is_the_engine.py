"""The circuit, which is a reading of its own, says of any parent what the real rules and gates say."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from bot.authoring.proof.answers import Answers, breakpoints, free_answers, literals_for
from bot.authoring.proof.cells import Limits, cells_of, conditions_of, limits_of
from bot.authoring.proof.circuit import TRUE, Circuit
from bot.authoring.proof.reading import FactReader
from bot.authoring.proof.verdict import LEVELS, Verdict, VerdictReader
from bot.facts.level import Level
from bot.facts.value import NOT_SURE, DaysOld, Many, Value
from bot.places import find_places
from bot.script.load import load_places
from bot.script.vocabulary import FactType
from bot.triage.assess import assess
from bot.triage.gate import gate_state
from bot.triage.knowledge import Knowledge, Told

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
SCRIPT = load_places(find_places(None).dialogs, find_places(None).content)
LIMITS = limits_of((SCRIPT.vocabulary, list(conditions_of(SCRIPT.vocabulary, SCRIPT.book))))
PARENTS = 1500


def made_up(chance: random.Random, limits: Limits, odd: float) -> dict[str, Value]:
    """A parent whose answers are usual, but for a share of odd ones: any value, not sure, or not told."""
    told: dict[str, Value] = {}
    for name, fact in SCRIPT.vocabulary.facts.items():
        usual = fact.usual
        known = usual is not None and (usual == NOT_SURE or usual in cells_of(fact, limits).values())
        if chance.random() > odd and usual is not None and known:
            told[name] = usual
            continue
        pick = chance.random()
        if pick < 0.15:
            continue
        if pick < 0.3:
            told[name] = NOT_SURE
        elif fact.type is FactType.DATE:
            days = chance.choice([*breakpoints(limits), 0, 1])
            days = days - chance.randint(0, 1)
            told[name] = DaysOld(days, days, NOW.date())
        elif fact.type is FactType.MANY:
            told[name] = Many.of(*chance.sample(fact.options, chance.randint(1, 3)))
        else:
            told[name] = chance.choice(list(cells_of(fact, limits).values()))
    return told


def compare(answers: Answers, verdict: Verdict, circuit: Circuit, told: dict[str, Value]) -> None:
    holds = circuit.evaluate(literals_for(answers, told))

    def says(literal: int) -> bool:
        return (literal in holds) if literal > 0 else (-literal not in holds)

    kept = {name: Told(value, NOW - timedelta(seconds=1)) for name, value in told.items()}
    knowledge = Knowledge(SCRIPT.vocabulary, kept, now=NOW, today=NOW.date(), closing=True)
    found = assess(SCRIPT.book, knowledge)
    for rule, one in verdict.rules.items():
        raised = found.raised.get(rule)
        for level in LEVELS:
            assert says(one.raised[level]) == (raised is not None and raised.level >= level), (rule, level, told)
            surely = found.sure_levels.get(rule)
            assert says(one.surely[level]) == (surely is not None and surely >= level), (rule, level, told)
    for gate, results in verdict.gates.items():
        real = gate_state(SCRIPT.book, gate, knowledge, found.level or Level.REASSURE)
        assert [result for result, literal in results.items() if says(literal)] == [real.result], (gate, told)


def test_the_circuit_says_of_any_parent_what_the_engine_says() -> None:
    circuit = Circuit()
    answers = free_answers(circuit, SCRIPT.vocabulary, LIMITS)
    verdict = VerdictReader(SCRIPT.book, FactReader(circuit, SCRIPT.vocabulary, answers)).read()
    chance = random.Random(7)
    for number in range(PARENTS):
        compare(answers, verdict, circuit, made_up(chance, LIMITS, (0.01, 0.05, 0.2, 0.6)[number % 4]))


def test_a_reading_that_takes_not_sure_for_no_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FactReader, "_harmless", lambda _self, _fact: TRUE)
    with pytest.raises(AssertionError):
        test_the_circuit_says_of_any_parent_what_the_engine_says()

"""What is known of a child, as an author types it: "age=2 months, temperature_c=38.2"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from bot.authoring.live_engine import BeginningError
from bot.facts.value import DaysOld, Value
from bot.script.document import Items, Mapped, compose
from bot.script.load_examples import read_examples
from bot.script.problems import Problem, Problems, ScriptError
from bot.script.read_condition import ConditionReader
from bot.script.script import Script

_NAMED = re.compile(r"(^|,)(\s*\w+)\s*[=:]\s*")
FORM = "Write for example --facts 'age=2 months, temperature_c=38.2'."


def read_facts(texts: Sequence[str], script: Script, today: date) -> Mapping[str, Value]:
    """Read the facts of one or several options; raises BeginningError with the first mistake."""
    written = ", ".join(_NAMED.sub(r"\1\2: ", text.strip()) for text in texts)
    problems = Problems()
    try:
        node = compose(f"{{{written}}}", "--facts")
    except ScriptError:
        raise BeginningError(f"'{'; '.join(texts)}' cannot be read.", where="--facts", cure=FORM) from None
    if not isinstance(node, Mapped):
        raise BeginningError("no fact is named.", where="--facts", cure=FORM)
    reader = ConditionReader(script.vocabulary, problems)
    examples = read_examples(Items((node,), node.place), reader)
    for problem in problems.found:
        raise _refused(problem)
    return {
        name: DaysOld(value.low, value.high, today) if isinstance(value, DaysOld) else value
        for example in examples
        for name, value in example.facts.items()
    }


def _refused(problem: Problem) -> BeginningError:
    return BeginningError(problem.what, where="--facts", cure=problem.cure)

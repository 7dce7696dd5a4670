"""What a moderator is told: in the order of the files, once, and with the name that was meant."""

import pytest

from bot.script.problems import Place, Problem, Problems, ScriptError, did_you_mean


def problem(file: str, line: int, what: str = "it is wrong.", cure: str = "Mend it.") -> Problem:
    return Problem(Place(file, line), what, cure)


def test_a_problem_is_one_line() -> None:
    assert str(problem("dialogs/fever.yaml", 3)) == "dialogs/fever.yaml, line 3: it is wrong. Mend it."


def test_problems_are_told_by_file_and_line_and_counted() -> None:
    problems = [problem("b.yaml", 2), problem("a.yaml", 10), problem("a.yaml", 9, "it is odd.")]

    assert str(ScriptError(problems)).splitlines() == [
        "a.yaml, line 9: it is odd. Mend it.",
        "a.yaml, line 10: it is wrong. Mend it.",
        "b.yaml, line 2: it is wrong. Mend it.",
        "3 things to mend",
    ]


def test_one_problem_is_one_thing_to_mend() -> None:
    assert str(ScriptError([problem("a.yaml", 1), problem("a.yaml", 1)])).endswith("\n1 thing to mend")


def test_what_is_wrong_in_many_places_is_told_once() -> None:
    """A source that is misspelt where it is listed is wrong wherever it is cited."""
    problems = [problem("b.yaml", line, "there is no source 'x'.", "Add it.") for line in range(1, 6)]

    assert [str(one) for one in ScriptError([*problems, problem("a.yaml", 7)]).problems] == [
        "a.yaml, line 7: it is wrong. Mend it.",
        "b.yaml, line 1: there is no source 'x'. Add it. (The same in 4 other places.)",
    ]


def test_problems_are_raised_only_when_there_are_any() -> None:
    problems = Problems()
    problems.raise_if_any()
    problems.add(Place("a.yaml", 1), "it is wrong.", "Mend it.")

    assert problems.files() == {"a.yaml"}
    with pytest.raises(ScriptError, match="1 thing to mend"):
        problems.raise_if_any()
    problems.forget("a.yaml")
    problems.raise_if_any()


@pytest.mark.parametrize(
    ("name", "known", "cure"),
    [
        ("temprature_c", ["temperature_c", "feels_hot"], "Did you mean 'temperature_c'?"),
        ("urgent", ["SOON", "URGENT"], "Did you mean 'URGENT'?"),
        ("calm awake", ["calm_awake", "asleep"], "Did you mean 'calm_awake'?"),
        ("bath", ["massage", "gymnastics"], "Write one of: gymnastics, massage."),
        ("bath", ["massage"], "Write 'massage'."),
        ("bath", [], "Take it out, or add it first."),
        (
            "xyz",
            [f"fact_{n:02}" for n in range(13)],
            "Write one of: " + ", ".join(f"fact_{n:02}" for n in range(12)) + ", ...",
        ),
    ],
)
def test_did_you_mean(name: str, known: list[str], cure: str) -> None:
    assert did_you_mean(name, known).rstrip(".") == cure.rstrip(".")


def test_of_many_names_it_is_said_where_they_stand() -> None:
    problems = Problems()
    problems.unknown(Place("a.yaml", 1), "fact", "xyz", [f"fact_{n}" for n in range(13)])

    assert str(problems.found[0]) == "a.yaml, line 1: there is no fact 'xyz'. All of them stand in content/facts.yaml."

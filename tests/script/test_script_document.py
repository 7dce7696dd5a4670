"""YAML as moderators write it: every value stays a text, knows its line, and what they never need is refused."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.script.document import Items, Mapped, Scalar, compose, find, plain
from bot.script.problems import Place, ScriptError

FEVER = """\
# A remark
dialog: fever
questions:
  temperature_c:
    ask: |
      How warm?
      In °C.
    options: {yes: Yes, no: No}
sources: [tremor:36, "NICE NG143"]
plan:
  - ask: temperature_c
  - finish
"""


def told(text: str) -> str:
    """What a moderator is told about a text."""
    with pytest.raises(ScriptError) as caught:
        compose(text, "fever.yaml")
    (problem,) = caught.value.problems
    assert problem.place.file == "fever.yaml"
    return f"{problem.place.line}: {problem.what} {problem.cure}"


def test_a_file_becomes_names_lists_and_texts() -> None:
    assert plain(compose(FEVER, "fever.yaml")) == {
        "dialog": "fever",
        "questions": {"temperature_c": {"ask": "How warm?\nIn °C.\n", "options": {"yes": "Yes", "no": "No"}}},
        "sources": ["tremor:36", "NICE NG143"],
        "plan": [{"ask": "temperature_c"}, "finish"],
    }


@pytest.mark.parametrize(
    "word",
    ["yes", "no", "on", "off", "true", "null", "~", "38.0", "012", "1e3", "0x1F", "12:30", "2026-11-22", "3_000"],
)
def test_a_word_stays_what_was_written(word: str) -> None:
    """Other readers make False of no, 750 of 12:30 and 10 of 012."""
    assert plain(compose(f"{word}: {word}", "a.yaml")) == {word: word}


def test_every_value_knows_its_line() -> None:
    node = compose(FEVER, "fever.yaml")

    assert find(node, []) == Place("fever.yaml", 2)
    assert find(node, ["questions", "temperature_c", "ask"]) == Place("fever.yaml", 5)
    assert find(node, ["questions", "temperature_c", "options", "no"]) == Place("fever.yaml", 8)
    assert find(node, ["plan", 1]) == Place("fever.yaml", 12)


def test_what_is_not_there_has_the_place_of_what_is_around_it() -> None:
    node = compose(FEVER, "fever.yaml")

    assert find(node, ["questions", "temperature_c", "sources"]) == Place("fever.yaml", 4)
    assert find(node, ["plan", 9]) == Place("fever.yaml", 10)
    assert find(node, ["dialog", "deeper"]) == Place("fever.yaml", 2)


def test_a_text_under_a_bar_is_known_as_one() -> None:
    node = compose("a: |\n  x\nb: x\n", "a.yaml")

    assert isinstance(node, Mapped)
    assert [entry.block for entry in node.entries.values() if isinstance(entry, Scalar)] == [True, False]


def test_the_same_name_twice_is_refused_even_with_the_same_value() -> None:
    expected = "3: 'ask' stands here twice (first in line 1). Rename one of them, or take it out."

    assert told("ask: x\nwhy: y\nask: x\n") == expected


def test_windows_line_ends_and_a_byte_order_mark_are_fine() -> None:
    assert plain(compose("\ufeffa: |\r\n  x\r\nb: y\r\n", "a.yaml")) == {"a": "x\n", "b": "y"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a:\n\tb: c\n", "2: the line begins with a tab."),
        ("a:\n  b: c\n\td: e\n", "3: the line begins with a tab."),
        ("a: b: c\n", "1: there are two colons in this line."),
        ("- text: Fits: or jerks\n", "1: there are two colons in this line."),
        ("a: {b: c: d}\n", "1: a ':' stands inside a text here, or a comma is missing before it."),
        ("a: b\nc d\ne: f\n", "2: a ':' is missing in this line."),
        ("a:\n  b\n  c: d\n", "2: a ':' is missing in this line."),
        ("x: y\na:b\nc: d\n", "2: a space is missing after the ':'."),
        ("x:\n  a:b\n  c: d\n", "2: a space is missing after the ':'."),
        ("a: {yes:Yes}\n", "1: a space is missing after the ':' in 'yes:Yes'."),
        ("a:\n  - b\n  -c\n", "3: a space is missing after the '-'."),
        ("a:\n  -b\n  - c\n", "2: a space is missing after the '-'."),
        (": b\n", "1: the name before the ':' is missing."),
        ('"": b\n', "1: the name before the ':' is missing."),
        ("a:\n  b: c\n   d: e\n", "3: this line stands too far to the right."),
        ("a:\n   b: c\n  d: e\n", "3: this line stands too far to the left or to the right."),
        ("a:\n  - d\n  b: c\n", "3: this line stands too far to the left or to the right."),
        ("a: |\n  text\nmore text\nb: c\n", "3: this line belongs to the text above, but stands too far to the left."),
        ("a: | What is\n", "1: a text stands behind '|' or '>' in the same line."),
        ("a: > 38 degrees\n", "1: a text stands behind '|' or '>' in the same line."),
        ("a: one\n  two\n", "1: this text goes on in the next line."),
        ('a: "one\n  two"\n', "1: this text goes on in the next line."),
        ("a: Room #3\n", "1: what follows the '#' is left out of this text."),
        ("a: {yes: Yes, I did, no: No}\n", "1: the comma before 'I did' ends the text."),
        ("a: {baby}\n", "1: 'baby' has no value."),
        ("a: {b: c\nd: e\n", "1: a '{' or '[' is not closed, or a comma is missing."),
        ("a: [b, c\n", "1: a '{' or '[' is not closed, or a comma is missing."),
        ("a: [\n\n", "1: a '{' or '[' is not closed, or a comma is missing."),
        ("[" * 200, "1: a '{' or '[' is not closed, or a comma is missing."),
        ('a: "text\nb: c\nd: "e"\n', "1: a quotation mark is not closed."),
        ('a: "text\nb: c\n', "1: a quotation mark is not closed."),
        ("a: 'tis\nb: c\n", "1: a quotation mark is not closed."),
        ('a: "Yes" or no\nb: c\n', "1: the text goes on behind its closing quotation mark."),
        ('a: "x \\d"\n', "1: a '\\' cannot stand in double quotes."),
        ("a: b\n---\nc: d\n", "2: a second document begins at this line '---'."),
        ("a: b\n...\nc: d\n", "3: a line '...' ends the file here."),
        ("", "1: the file is empty."),
        ("# nothing\n\n", "1: the file is empty."),
        ("a: x\nb: \x07\n", "2: there is a sign here that cannot be seen."),
        ("a\u00a0: b\n", "1: in 'a' or before it stands a sign that only looks like a space."),
        ("[a, b]: c\n", "1: a name is expected before the ':' here."),
        ("a: " + "[" * 30 + "]" * 30, "1: too many things stand inside each other here."),
        ("a: &x b\n", "1: a text cannot begin with '&'."),
        ("a: *x\n", "1: a text cannot begin with '*'."),
        ("a:\n  <<: *x\n", "2: a text cannot begin with '*'."),
        ("a: !!python/name:os.system x\n", "1: a text cannot begin with '!'."),
        ("a: ! x\n", "1: a text cannot begin with '!'."),
        ("a: !e!x y\n", "1: a text cannot begin with '!'."),
        ("%a: b\n", "1: a text cannot begin with '%'."),
    ],
)
def test_every_complaint_of_the_parser_is_said_in_plain_words(text: str, message: str) -> None:
    assert told(text).startswith(message)


@pytest.mark.parametrize(
    "sign", ["*bold*", "* x", "& x", "@home", "`x`", "% of", ", x", "] x", "} x", "? b", "- b", "{baby} x", "[x] y"]
)
def test_a_text_that_begins_with_a_sign_of_the_language_is_named_by_that_sign(sign: str) -> None:
    assert told(f"a: b\nc: {sign}\n") == (
        f"2: a text cannot begin with '{sign[0]}'. Put the text in \"double quotes\", or under '|' on the lines below."
    )


@pytest.mark.parametrize(
    "text", ["a: x  # a remark\n", "a:  # a remark\n  - b\n", 'a: "#3"\n', "a: |\n  Room #3\n", "a: b#3\n"]
)
def test_a_remark_is_no_part_of_a_text(text: str) -> None:
    compose(text, "a.yaml")


@given(
    st.recursive(
        st.text("ab :#-{}[]'\"|>&*!%@`,?\n\té½", max_size=6),
        lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text("abc", min_size=1), part, max_size=3),
        max_leaves=8,
    )
)
def test_what_a_program_writes_is_read_back(data: object) -> None:
    text = yaml.safe_dump({"data": data}, allow_unicode=True, width=10**6, default_style='"')
    node = compose(text.replace("\\\n", ""), "a.yaml") if "\\\n" not in text else None
    if node is not None:
        assert plain(node) == {"data": data}


@given(st.text("ab: -#\n\t'\"{}[],|>&*!%@`?\\.é\u00a0\x07", max_size=60))
def test_any_text_at_all_gives_a_document_or_one_problem_with_a_line(text: str) -> None:
    try:
        node = compose(text, "a.yaml")
    except ScriptError as error:
        (problem,) = error.problems
        assert 1 <= problem.place.line <= text.count("\n") + 2
        assert problem.what.endswith(".")
        assert problem.cure.endswith(".")
    else:
        assert isinstance(node, Scalar | Items | Mapped)

"""Whatever a moderator does to a file: the script loads, or there are problems in plain words. Never anything else."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from script_helpers import base_files
from test_broken_scripts import FOR_PROGRAMMERS

from bot.script.load import Folder, load_script
from bot.script.problems import ScriptError

FILES = {path: text.splitlines() for path, text in base_files().items() if path != "content/phrases.yaml"}
SIGNS = [*":-*&!%@`{}[]\"'#|>,?\\~=\t\u00a0\x00\u2028😀", "yes", "null", "0x10", "---", "...", "<<: *a", "  ", " # "]
VALUES = ["", "[]", "{}", "[x]", "{x: y}", "[{x: y}, [z]]", "-99999999999999999999", "not sure", "known", "none", "yes"]


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A file with one slip of the hand."""
    path = draw(st.sampled_from(sorted(FILES)))
    lines = list(FILES[path])
    number = draw(st.integers(0, len(lines) - 1))
    line = lines[number]
    match draw(st.sampled_from(["out", "twice", "swap", "right", "left", "sign", "letter", "value", "cut"])):
        case "out":
            del lines[number]
        case "twice":
            lines.insert(number, line)
        case "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[number], lines[other] = lines[other], lines[number]
        case "right":
            lines[number] = " " * draw(st.integers(1, 3)) + line
        case "left":
            lines[number] = line[draw(st.integers(1, 2)) :]
        case "sign":
            place = draw(st.integers(0, len(line)))
            lines[number] = line[:place] + draw(st.sampled_from(SIGNS)) + line[place:]
        case "letter":
            place = draw(st.integers(0, len(line)))
            lines[number] = line[:place] + line[place + 1 :]
        case "value":
            lines[number] = line.partition(":")[0] + ": " + draw(st.sampled_from(VALUES))
        case _:
            del lines[number:]
    return path, "\n".join(lines) + "\n"


@settings(max_examples=400)
@given(slips())
def test_a_slip_of_the_hand_is_told_in_plain_words(slip: tuple[str, str]) -> None:
    path, text = slip
    try:
        load_script(Folder(base_files() | {path: text}))
    except ScriptError as error:
        for problem in error.problems:
            told = re.sub(r"'[^']*'|\"[^\"]*\"|Write one of: [^.]*\.", "", f"{problem.what} {problem.cure}")
            assert problem.place.line >= 1
            assert not FOR_PROGRAMMERS.search(told), str(problem)


REFERENCES = [
    (path, number, found.start())
    for path, lines in FILES.items()
    for number, line in enumerate(lines)
    for found in re.finditer(r"(?<![\w'])[a-z_]+(?=:(?: |$))", line)
    # The names of these are free: nothing else has to agree with them.
    if not re.match(
        r"  (?:massage|gymnastics|stay|drink|worse|blue|fever|low|high|hot|shaking):|.*\b(?:low|high|less): ", line
    )
    and path not in ("content/words.yaml", "content/emergency_numbers.yaml")
    and not line.startswith("  fever:")
]


@settings(max_examples=300)
@given(st.sampled_from(REFERENCES))
def test_no_misspelt_name_is_silently_passed_over(reference: tuple[str, int, int]) -> None:
    path, number, start = reference
    lines = list(FILES[path])
    lines[number] = f"{lines[number][:start]}q{lines[number][start:]}"
    try:
        load_script(Folder(base_files() | {path: "\n".join(lines) + "\n"}))
    except ScriptError:
        return
    raise AssertionError(f"{path}, line {number + 1}: '{lines[number]}' was accepted")

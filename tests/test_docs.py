"""What the README says can be done: every command in it is known here, and is run or checked."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings

CHECKOUT = Path(__file__).parent.parent
README = (CHECKOUT / "README.md").read_text()


def blocks(text: str) -> list[tuple[str, str]]:
    """The fenced blocks: the language, and what stands in them."""
    return re.findall(r"^```(\w*)\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def commands(text: str) -> list[str]:
    """The commands in the fenced blocks `console` (lines after "$ ") and `bash` (every line)."""
    found = []
    for language, body in blocks(text):
        if language == "console":
            found += [line.removeprefix("$ ") for line in body.splitlines() if line.startswith("$ ")]
        elif language in {"bash", "sh", "shell"}:
            found += [line for line in body.splitlines() if line and not line.startswith("#")]
    return found


def transcript(command: str) -> str:
    """What the README says that a command prints."""
    [body] = [body for _, body in blocks(README) if body.startswith(f"$ {command}\n")]
    return body.removeprefix(f"$ {command}\n")


def shell(command: str, **more: str) -> subprocess.CompletedProcess[str]:
    # Without these, a make inside "make test" would take over its flags and print where it is.
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")} | more
    return subprocess.run(
        ["bash", "-c", command],
        cwd=CHECKOUT,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def makes(*steps: str) -> Callable[[str], None]:
    """Check a command that is too big for a test: make would start these steps, in this order."""

    def check(command: str) -> None:
        done = shell(f"{command} --dry-run")

        assert done.returncode == 0, done.stderr
        assert re.search(".*".join(map(re.escape, steps)), done.stdout, flags=re.DOTALL), done.stdout

    return check


def needs_no_network() -> None:
    if shell("make --question .venv/.ready-to-run").returncode:
        pytest.skip("run make setup first: setting up needs a network")


def chats(command: str) -> None:
    """The chat answers on stdout, says nothing else there or on stderr, and needs no token."""
    needs_no_network()
    shell(command)  # which says where the data is, if it is the first start

    done = shell(command)

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert ".venv" not in done.stdout
    assert "make:" not in done.stdout
    assert done.stderr == ""
    with_a_token = shell(command, STEADY_TELEGRAM_TOKEN="123456:not-a-real-one")
    assert with_a_token.stdout == done.stdout


def prints_what_stands_there(command: str) -> None:
    """After an edit of a text: put what this printed into the README."""
    needs_no_network()

    assert shell(command).stdout == transcript(command)


def finds_no_problem(command: str) -> None:
    needs_no_network()

    assert shell(command).returncode == 0


EXERCISES: dict[str, Callable[[str], None]] = {
    "make run": makes("steady chat"),
    r"printf '/start\n' | make run": chats,
    r"printf '1\nKenya\nCheck for danger signs\nYes, one of these\n' | make run ARGS='--new --parent readme' | "
    r"sed -n '/> Ch/,$p'": prints_what_stands_there,
    ".venv/bin/steady check": finds_no_problem,
    "make test": makes("python -m pytest"),
    "make lint": makes(
        "ruff check",
        "ruff format --check",
        "mypy --strict bot tests",
        "lint-imports",
        "hadolint Dockerfile",
    ),
    "make lock": makes("--universal", "--generate-hashes", "locks/run.txt", "locks/build.txt", "locks/dev.txt"),
}


@pytest.mark.parametrize("command", dict.fromkeys(commands(README)))
def test_every_command_in_the_readme_works(command: str) -> None:
    """A command that is new in the README needs an exercise above."""
    assert command in EXERCISES, f"nobody has tried {command!r}"

    EXERCISES[command](command)


def test_no_exercise_is_left_over() -> None:
    assert set(EXERCISES) == set(commands(README))


def test_commands_are_found_in_console_and_bash_blocks_only() -> None:
    text = "```console\n$ one\nits output\n```\n```bash\n# why\ntwo\n```\n```yaml\n$ three\n```\n"

    assert commands(text) == ["one", "two"]


def test_every_setting_is_in_the_readme_and_no_other() -> None:
    named = re.findall(r"^ *\| `(STEADY_\w+)`", README, flags=re.MULTILINE)

    assert named == [PREFIX + name.upper() for name in Settings.model_fields]


def test_the_readme_says_what_steady_is_not() -> None:
    said = " ".join(README.replace("\n> ", " ").split())

    assert "research prototype" in said
    assert "has not been certified as a medical device in any country" in said
    assert "no clinician has approved its advice yet" in said
    assert "must not be used to decide not to seek help" in said
    assert "Not for emergencies." in said


@pytest.mark.parametrize("record", sorted((CHECKOUT / "docs" / "decisions").glob("*.md")), ids=lambda path: path.stem)
def test_every_decision_has_its_number_date_and_parts(record: Path) -> None:
    text = record.read_text()

    assert re.match(rf"# {record.name[:4]}: .+\n\nDate: \d{{4}}-\d\d-\d\d\n", text)
    assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_no_two_decisions_have_one_number() -> None:
    numbers = [path.name[:4] for path in (CHECKOUT / "docs" / "decisions").glob("*.md")]

    assert len(numbers) == len(set(numbers))

"""What the README says can be done: every command in it is known here, and is run or checked."""

import asyncio
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot.settings import PREFIX, Settings
from tests.fake_telegram import FakeTelegram

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


def runs_as_a_bot(command: str) -> None:
    """The bot starts with the token of the command, and ends when it is told to."""
    needs_no_network()
    asyncio.run(_run_as_a_bot(command))


async def _run_as_a_bot(command: str) -> None:
    async with FakeTelegram() as telegram:
        telegram.token = "123456:token-from-BotFather"
        process = await asyncio.create_subprocess_exec(
            *("bash", "-c", f"exec env {command}"),
            cwd=CHECKOUT,
            env={**os.environ, "STEADY_TELEGRAM_API": telegram.url},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        await telegram.until(lambda: telegram.calls_of("getUpdates"), within=120)
        process.terminate()
        out, _ = await asyncio.wait_for(process.communicate(), 60)
        assert process.returncode == 0
        assert b"@steady_test_bot, by polling." in out


def says_on_stderr_what_stands_there(command: str) -> None:
    needs_no_network()

    done = shell(command)

    assert done.returncode == 78
    assert done.stdout + done.stderr == transcript(command)


def test_the_container_is_given_no_setting_that_does_not_exist() -> None:
    named = set(re.findall(r"\bSTEADY_\w+", (CHECKOUT / "Dockerfile").read_text()))
    known = {PREFIX + name.upper() for name in Settings.model_fields}

    assert named <= known
    assert 'CMD ["run"]' in (CHECKOUT / "Dockerfile").read_text()
    service = yaml.safe_load((CHECKOUT / "compose.yaml").read_text())["services"]["steady"]
    assert {one.partition(":")[2] for one in service["volumes"]} == {"/data", "/config"}


EXERCISES: dict[str, Callable[[str], None]] = {
    "make run": makes("steady chat"),
    r"printf '/start\n' | make run": chats,
    r"printf '1\nKenya\nCheck for danger signs\nYes, one of these\n' | make run ARGS='--new --parent readme' | "
    r"sed -n '/> Ch/,$p'": prints_what_stands_there,
    "STEADY_TELEGRAM_TOKEN=123456:token-from-BotFather .venv/bin/steady run": runs_as_a_bot,
    ".venv/bin/steady run": says_on_stderr_what_stands_there,
    ".venv/bin/steady check": finds_no_problem,
    "make test": makes("python -m pytest"),
    "make lint": makes(
        "ruff check",
        "ruff format --check",
        "mypy --strict bot tests",
        "lint-imports",
        "hadolint Dockerfile",
    ),
    "make lock": makes(
        "--universal",
        "--generate-hashes",
        *(f"locks/{name}.txt" for name in ("run", "publish", "build", "dev")),
    ),
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

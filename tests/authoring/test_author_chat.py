"""What authors may ask of a chat: known facts, a recording, dialogs read anew when saved."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from threading import Event as Signal

import pytest

from bot.authoring.author_chat import AuthorChat, AuthorOptions
from bot.authoring.conversations import run
from bot.authoring.golden import engine
from bot.authoring.live_engine import BeginningError, LiveEngine
from bot.authoring.read_conversations import read_conversations
from bot.authoring.read_facts import read_facts
from bot.authoring.recorder import Recorder, RecordError, quoted
from bot.authoring.watch import watching
from bot.facts.value import Choice, DaysOld, Many, Number, Value
from bot.script.load import Folder, load_script, read_folder
from bot.script.script import Script
from bot.talk.effects import Ask, Effect
from bot.talk.engine import Engine
from bot.talk.events import Command, Pressed, Typed
from bot.talk.session import Session

CHECKOUT = Path(__file__).parents[2]
FILES = read_folder(CHECKOUT / "dialogs", CHECKOUT / "content").files
NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
TODAY = date(2026, 1, 15)


def asked(effects: Sequence[Effect]) -> str:
    return "\n".join(effect.text for effect in effects if isinstance(effect, Ask))


def changed(path: str, old: str, new: str) -> Folder:
    assert old in FILES[path]
    return Folder(dict(FILES) | {path: FILES[path].replace(old, new, 1)})


class Shown:
    """A terminal that only keeps what was said aside."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.again = False

    def say_aside(self, lines: Sequence[str], *, again: bool) -> None:
        self.lines += lines
        self.again = again


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        (["temperature_c=38.2"], {"temperature_c": Number.of(Decimal("38.2"))}),
        (["temperature_c: 38.2"], {"temperature_c": Number.of(Decimal("38.2"))}),
        (["age=2 months", "feels_hot=yes"], {"birth_date": DaysOld(61, 61, TODAY), "feels_hot": Choice.of("yes")}),
        (["age = 2 months, body_parts = [chin, head]"], None),
    ],
)
def test_facts_are_read_as_an_author_types_them(typed: list[str], facts: dict[str, Value] | None) -> None:
    expected = facts or {"birth_date": DaysOld(61, 61, TODAY), "body_parts": Many.of("chin", "head")}

    assert read_facts(typed, engine().script, TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("temprature_c=38.2", "--facts: there is no fact 'temprature_c'. Did you mean 'temperature_c'?"),
        ("feels_hot=perhaps", "--facts: 'feels_hot' cannot be 'perhaps'. Write one of: no, not sure, yes."),
        ("38.2", "--facts: '38.2' cannot be read. Write for example --facts 'age=2 months, temperature_c=38.2'."),
    ],
)
def test_a_fact_that_is_none_is_refused_in_one_line(typed: str, message: str) -> None:
    with pytest.raises(BeginningError) as caught:
        read_facts([typed], engine().script, TODAY)

    assert str(caught.value) == message


def author(load: Script, **options: object) -> AuthorChat:
    return AuthorChat(AuthorOptions(**options), lambda: load, Engine, NOW)  # type: ignore[arg-type]


def test_a_chat_begins_where_the_facts_are_known() -> None:
    chat = author(engine().script, facts=["age=2 months, breathing=stopped"])
    _, effects = chat.engine.step(Session(), Command("start"), NOW)

    assert "Call 112 now." in "\n".join(getattr(effect, "text", "") for effect in effects)


def test_a_dialog_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BeginningError, match="there is no dialog 'fever_scren'"):
        author(engine().script, dialog="fever_scren")


def test_after_a_save_the_chat_goes_on_at_the_same_question_with_the_new_text() -> None:
    newest = [engine().script]
    chat = AuthorChat(AuthorOptions(dialog="danger_check"), lambda: newest[0], Engine, NOW)
    live, shown = chat.engine, Shown()
    session, _ = live.step(Session(), Command("start"), NOW)
    session, before = live.step(session, Typed("None of these"), NOW)

    newest[0] = load_script(changed("dialogs/warning_signs.yaml", "ask: |\n", "ask: |\n      Changed by the nurse.\n"))
    chat._changed(shown, ["dialogs/warning_signs.yaml"])
    session, after = live.step(session, Command("again"), NOW)

    assert shown.lines[-1] == "Read anew: dialogs/warning_signs.yaml"
    assert shown.again
    assert asked(after) == f"Changed by the nurse.\n{asked(before)}"


def test_a_save_with_a_mistake_shows_it_and_keeps_the_last_good_dialogs() -> None:
    folder = changed("dialogs/warning_signs.yaml", "ask: |\n", "aks: |\n")
    live = LiveEngine(engine().script, lambda: load_script(folder), Engine)

    problems = live.reload()

    assert problems is not None
    assert [str(one).partition(": ")[2].partition(". W")[0] for one in problems] == [
        "'warning_signs' has no entry 'aks'. Did you mean 'ask'?"
    ]
    assert live.script is engine().script


def test_a_save_that_changes_nothing_says_nothing() -> None:
    assert LiveEngine(engine().script, lambda: engine().script, Engine).reload() is None


def test_a_saved_file_is_noticed(tmp_path: Path) -> None:
    heard: list[str] = []
    saved = Signal()

    def note(names: list[str]) -> None:
        heard.extend(names)
        saved.set()

    folder = tmp_path / "dialogs"
    folder.mkdir()
    with watching([folder], note):
        # The watcher may begin a moment later: the file is saved until it is noticed.
        for number in range(100):
            (folder / "fever.yaml").write_text(f"# {number}\n")
            if saved.wait(0.3):
                break

    assert set(heard) == {"dialogs/fever.yaml"}


def press(recorder: Recorder, live: Engine | LiveEngine, session: Session, label: str) -> Session:
    """Press a button by its label, as the terminal does."""
    prompt = session.prompt
    assert prompt is not None
    event = Pressed(session.turn, prompt.question, label)
    recorder.heard(event, NOW)
    return live.step(session, event, NOW)[0]


def test_a_recorded_chat_is_a_golden_chat_that_comes_out_the_same(tmp_path: Path) -> None:
    script = engine().script
    chat = author(script, facts=["age=8 months, temperature_c=36.8"], dialog="fever_screen")
    recorder = Recorder(tmp_path / "new.yaml", "fever_screen", read_facts(["age=8 months"], script, TODAY))
    session, _ = chat.engine.step(Session(), Command("start"), NOW)
    session = press(recorder, chat.engine, session, "none")
    recorder.heard(Typed("my baby: is fine"), NOW)

    assert recorder.save(script)
    assert recorder.save(script)

    found = read_conversations(recorder.path.read_text(), "new.yaml", script)
    assert len(found) == 2
    assert [deed.what for deed in found[0].deeds] == ["None of these", "my baby: is fine"]
    assert found[0].known == {"birth_date": DaysOld(244, 244, TODAY)}
    for one in found:
        ran = run(engine(), one)
        assert not ran.faults
        assert not ran.changed


def test_nothing_said_is_nothing_saved(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "new.yaml")

    assert not recorder.save(engine().script)
    assert not recorder.path.exists()


@pytest.mark.parametrize("name", ["nowhere/new.yaml", "new.txt"])
def test_where_nothing_can_be_saved_is_said_at_the_start(name: str, tmp_path: Path) -> None:
    with pytest.raises(RecordError):
        Recorder(tmp_path / name).check()


@pytest.mark.parametrize("text", ["None of these", "Yes: one", "yes", "# 5", "It's fine", '"Hi"', "a - b", "- a", ""])
def test_a_label_is_written_so_that_it_is_read_back(text: str) -> None:
    import yaml

    assert yaml.safe_load(f"press: {quoted(text)}") == {"press": text}

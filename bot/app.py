"""Puts the pieces together: settings, store, script, conversation, service, channel."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version as installed_version
from pathlib import Path

from babel import Locale, UnknownLocaleError
from rich.console import Console

from bot.authoring.author_chat import NO_AUTHOR, AuthorChat, AuthorOptions
from bot.authoring.publishing.desk import Desk
from bot.authoring.simulation import simulate
from bot.channels.coloured_page import ColouredPage
from bot.channels.explained import explained
from bot.channels.page import Page, PlainPage
from bot.channels.telegram import CHANNEL as TELEGRAM
from bot.channels.terminal import CHANNEL, Terminal
from bot.errors import SettingsError, SteadyError
from bot.places import find_places
from bot.script.load import Folder, read_folder
from bot.script.load import load_script as read_script
from bot.script.script import Script
from bot.service.alerts import Alerts
from bot.service.message_json import Shown
from bot.service.service import Clock, Service
from bot.service.versions import Versions
from bot.settings import Settings
from bot.store.database import open_for_reading
from bot.store.key import Key, load_key, load_or_make_key
from bot.store.query import QueryResult, read_schema, run_query
from bot.store.writer import Writer
from bot.talk.effects import Ask
from bot.talk.engine import Engine
from bot.talk.session import Session
from bot.talk.turn import Turn
from bot.talk.visit import QUESTIONS
from bot.telemetry import set_up_logs

ENGLISH = "en"


class LanguageError(SteadyError):
    """A language that does not exist."""

    exit_status = 2


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """How a chat in the terminal is to be."""

    plain: bool = False
    explain: bool = False
    begins_at: datetime | None = None
    language: str | None = None
    parent: str = "terminal"
    new: bool = False
    author: AuthorOptions = NO_AUTHOR


def chat(settings: Settings, options: ChatOptions) -> None:
    """Talk to the script in this terminal."""
    set_up_logs(settings.log_level)
    language = None if options.language is None else _language(options.language)
    clock = _clock(options.begins_at)
    author = AuthorChat(options.author, partial(load_script, settings), Engine, clock())
    live, run_id = author.engine, uuid.uuid4().hex
    # A made-up parent has a name of its own, so that no other chat is lost.
    parent = f"author-{run_id}" if options.author.throwaway else options.parent
    with Writer.open(settings.database, _key(settings)) as writer:
        service = Service(live, writer, CHANNEL, clock)
        if options.new:
            service.forget(parent)
        # A made-up date must not age what other chats have said.
        service.tidy(min(clock(), datetime.now(UTC)))
        service.replay()
        page = _page(live.script, plain=options.plain)
        if language is not None and Locale.parse(language).language != ENGLISH:
            page.note([f"There is no translation into {Locale.parse(language).english_name} yet: English is shown."])
        terminal = Terminal(
            service,
            page,
            parent=parent,
            run_id=run_id,
            clock=clock,
            language=language,
            explain=(lambda session, now: explained(live.script, session, now)) if options.explain else None,
            takes_numbers=lambda message: _takes_numbers(live.script, message),
            heard=author.heard,
        )
        try:
            with author.running(terminal, find_places(settings.scripts), typed=not page.piped):
                terminal.run()
        finally:
            if options.author.throwaway:
                service.forget(parent)
        if saved := author.save():
            page.note(saved)


def run(settings: Settings, tell: Callable[[str], None]) -> None:
    """Run the bot on Telegram until a signal stops it; `tell` is told once how it runs."""
    if settings.telegram_token is None:
        raise SettingsError(
            "there is no token, so there is no bot to run.",
            where="STEADY_TELEGRAM_TOKEN",
            cure="Get one from @BotFather in Telegram. `steady chat` talks in this terminal without any.",
        )
    # Here, because it takes long, and no other command needs it.
    from bot.channels.telegram import run as telegram
    from bot.channels.telegram.pick_up import Spoken
    from bot.channels.telegram.welcome import Talked, welcome

    set_up_logs(settings.log_level)
    clock = _clock(None)
    with Writer.open(settings.database, _key(settings)) as writer:
        alert_chat = None if settings.alert_chat is None else str(settings.alert_chat)
        versions = Versions(writer, Alerts(TELEGRAM, alert_chat), make_engine, clock)
        versions.begin(shipped_folder)
        service = Service(versions, writer, TELEGRAM, clock, alert_chat=alert_chat)
        service.replay()

        def greet(name: str, alerts: bool) -> None:  # noqa: FBT001 (called by place)
            version = installed_version("steady-bot")
            talked = Talked(versions.engine.script, versions.publication, differs(settings, versions.publication.hash))
            for line in welcome(settings, talked, name=name, version=version, alerts=alerts):
                tell(line)

        def spoken() -> Spoken:
            engine = versions.engine
            return Spoken(engine.script, Turn(engine.tools, Session(), clock()).phrase("group"))

        def look() -> Spoken | None:
            return None if versions.look() is None else spoken()

        telegram.run(telegram.Desk(settings, spoken(), look, service, writer, clock, greet))


def make_engine(folder: Folder, test: bool) -> Engine:  # noqa: FBT001 (called by place)
    """The engine of a version, which may be a test version; raises ScriptError with all that is wrong with it."""
    return Engine(read_script(folder, test=test))


def shipped_folder() -> Folder:
    """The files that came with this program: what a first start publishes, whatever folder authors work on."""
    places = find_places()
    return read_folder(places.dialogs, places.content)


def differs(settings: Settings, published: str) -> bool:
    """Whether the folder that authors work on holds something else than what is published."""
    try:
        return script_folder(settings).hash != published
    except (SteadyError, OSError):
        # Parents do not see the folder: what is wrong there is told by `steady check`.
        return True


def load_script(settings: Settings) -> Script:
    """The script that the settings name; raises ScriptError with all that is wrong with it."""
    return read_script(script_folder(settings))


def script_folder(settings: Settings) -> Folder:
    """The files of the script that the settings name."""
    places = find_places(settings.scripts)
    return read_folder(places.dialogs, places.content)


def simulate_cases(
    settings: Settings, cases: Path, *, only: Sequence[str], results: Path | None, say: Callable[[str], None]
) -> bool:
    """Play a file of cases through the script; say whether all came out as expected. Needs no database."""
    return simulate(load_script(settings), cases, only=only, results=results, out=sys.stdout, say=say)


def publishing_desk(settings: Settings, *, make: bool) -> Desk:
    """The database as a publisher sees it; with `make` a new one where there is none, else that raises OpeningError."""
    if make:
        return Desk(settings.database, _key(settings), TELEGRAM)
    key = load_key(settings.key_file)
    open_for_reading(settings.database, key).close()
    return Desk(settings.database, key, TELEGRAM)


def query(settings: Settings, sql: str) -> QueryResult:
    """Ask the database something."""
    return run_query(settings.database, load_key(settings.key_file), sql)


def schema(settings: Settings) -> tuple[str, ...]:
    """The statements that made the database."""
    return read_schema(settings.database, load_key(settings.key_file))


def _key(settings: Settings) -> Key:
    """The key; the folders, the key and a line about them where this is the first start."""
    first = not settings.database.exists()
    for folder in (settings.data_dir, settings.config_dir):
        # Only our own folders: any other one that is missing may be a disk that was not mounted.
        if any(path.is_relative_to(folder) for path in (settings.database, settings.key_file)):
            _make(folder)
    key = load_or_make_key(settings.key_file, settings.database)
    if first:
        print(f"First start: the data is in {settings.database}, its key in {settings.key_file}.", file=sys.stderr)  # noqa: T201
    return key


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"this folder cannot be made: {error.strerror}.",
            where=str(folder),
            cure="Name another one in STEADY_DATA_DIR or STEADY_CONFIG_DIR.",
        ) from None


def _page(script: Script, *, plain: bool) -> Page:
    progress = script.text("progress").strip()
    if plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return PlainPage(sys.stdin, sys.stdout, progress=progress)
    return ColouredPage(Console(highlight=False), progress=progress)


def _takes_numbers(script: Script, message: Shown) -> bool:
    """Whether a number that is typed here is a temperature, an age and the like, or a line of a list."""
    if not isinstance(message, Ask):
        return False
    if message.question == QUESTIONS:
        # The parent's own questions bear the numbers.
        return True
    dialog, _, name = message.question.partition(".")
    if dialog not in script.dialogs:
        return False
    if name in script.dialogs[dialog].checklists:
        return not any(button.option == "done" for button in message.buttons)
    question = script.dialogs[dialog].questions.get(name)
    if question is None or question.input is None:
        return False
    bands = {band.id for band in question.bands}
    return not any(button.option in bands for button in message.buttons)


def _clock(begins_at: datetime | None) -> Clock:
    """The clock of this place, or one that was set to a moment just now."""
    started = datetime.now().astimezone()
    shift = None if begins_at is None else begins_at.astimezone() - started
    if shift is None:
        return lambda: datetime.now().astimezone()
    return lambda: datetime.now().astimezone() + shift


def _language(code: str) -> str:
    try:
        return str(Locale.parse(code.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        raise LanguageError(
            "there is no such language.", where=f"--language {code}", cure="Give a code such as de, sw or pt-BR."
        ) from None

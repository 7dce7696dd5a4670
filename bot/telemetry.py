"""Logs for operators that cannot hold a word of what a parent wrote."""

import hashlib
import hmac
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# No key that could carry words of a parent, and none that names a question or a rule: those give away answers
# (a fear of harming the child must not show in a log, not even as "E-12").
ALLOWED_KEYS = frozenset(
    {
        "attempt",
        "channel",
        "count",
        "error",
        "kind",
        "library",
        "method",
        "ms",
        "parent",
        "pending",
        "place",
        "port",
        "reason",
        "schema",
        "script",
        "signal",
        "status",
        "trace",
        "turn",
        "update",
        "version",
        "wait_s",
    }
)

# httpx prints the bot's token in every URL, telegram prints whole updates, transitions prints every step.
CAPPED_LOGGERS = ("aiohttp", "httpcore", "httpx", "telegram", "transitions")

# What a program writes: ids, counts, versions, file:line. Words of a person have spaces.
_PACKAGE = Path(__file__).parent
_TOKEN = re.compile(r"[\w.:/+<>-]{1,120}", re.ASCII)
_EVENT = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+|[a-z]{1,12}", re.ASCII)
_TIME = structlog.processors.TimeStamper(fmt="iso", utc=True)
_ADDED_BY_US = frozenset({"event", "level", "timestamp", "_record", "_from_structlog"})


def set_up_logs(level: str = "INFO", *, stream: TextIO | None = None, readable: bool | None = None) -> None:
    """Send our logs and those of the libraries to stderr: JSON, or readable lines in a terminal."""
    stream = stream or sys.stderr
    if readable is None:
        readable = stream.isatty()
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        _TIME,
        only_where_it_failed,
        only_allowed_keys,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(colors=stream.isatty(), sort_keys=False)
        if readable
        else structlog.processors.JSONRenderer()
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[no_words_of_a_library, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in CAPPED_LOGGERS:
        logging.getLogger(name).setLevel(max(logging.getLevelName(level), logging.WARNING))


def hashed(identity: str, salt: bytes) -> str:
    """The same short id for the same parent, from which nobody without the salt can find the parent."""
    if len(salt) < 16:
        raise ValueError("the salt must have at least 16 bytes, or all Telegram ids can be tried")
    return hmac.digest(salt, identity.encode(), hashlib.sha256).hex()[:16]


def only_allowed_keys(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop keys that are not on the list and values that could be sentences; `dropped` names the keys."""
    kept: EventDict = {}
    dropped: list[str] = []
    for key, value in event.items():
        if key in _ADDED_BY_US or (key in ALLOWED_KEYS and _is_harmless(value)):
            kept[key] = value
        else:
            dropped.append(key if _TOKEN.fullmatch(key) else "?")
    if not (isinstance(event.get("event"), str) and _EVENT.fullmatch(event["event"])):
        kept["event"] = "unnamed_event"
        dropped.append("event")
    if dropped:
        kept["dropped"] = sorted(dropped)
    return kept


def only_where_it_failed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its class and the lines it passed: its message may quote a parent."""
    given = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["trace"] = list(_trace(error))
    return event


def no_words_of_a_library(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Say which library logged and where, not what: it may be an update, or a URL with the token."""
    record: logging.LogRecord = event["_record"]
    event["event"] = "library_log"
    event["library"] = record.name
    event["place"] = f"{_short(record.pathname)}:{record.lineno}"
    return event


def _trace(error: BaseException) -> Iterator[str]:
    """The lines from the outermost to the innermost, then the same for what caused the error."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"{_short(frame.f_code.co_filename)}:{line}:{frame.f_code.co_name}"
    inner = list(error.exceptions) if isinstance(error, BaseExceptionGroup) else []
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for other in [*inner, *([cause] if cause else [])]:
        yield type(other).__name__
        yield from _trace(other)


def _short(path: str) -> str:
    """The path from our package down, or the last two names of a library's path."""
    file = Path(path)
    if file.is_relative_to(_PACKAGE):
        return file.relative_to(_PACKAGE.parent).as_posix()
    return "/".join(file.parts[-2:])


def _is_harmless(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(_is_harmless(item) for item in value)
    return value is None or isinstance(value, int | float) or bool(isinstance(value, str) and _TOKEN.fullmatch(value))

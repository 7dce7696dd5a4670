"""Logs help the operator and cannot hold a word of what a parent wrote."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.telemetry import ALLOWED_KEYS, CAPPED_LOGGERS, hashed, only_allowed_keys, set_up_logs

SALT = b"sixteen bytes or"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    capped = {name: logging.getLogger(name).level for name in CAPPED_LOGGERS}
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in capped.items():
        logging.getLogger(name).setLevel(before)


@pytest.fixture
def stream() -> io.StringIO:
    return io.StringIO()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_is_json_with_time_level_and_event(stream: io.StringIO) -> None:
    set_up_logs(stream=stream)

    structlog.get_logger("bot.service").info("turn_done", parent="00ff", turn=7, ms=1.5)

    [line] = lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "turn_done", "level": "info", "parent": "00ff", "turn": 7, "ms": 1.5}


def test_a_terminal_gets_readable_lines() -> None:
    terminal = Terminal()
    set_up_logs(stream=terminal)

    structlog.get_logger().warning("turn_failed", turn=7)

    assert "turn_failed" in terminal.getvalue()
    assert not terminal.getvalue().startswith("{")


def test_the_level_is_obeyed(stream: io.StringIO) -> None:
    set_up_logs("WARNING", stream=stream)

    structlog.get_logger().info("turn_done")
    structlog.get_logger().error("turn_failed")

    assert [line["event"] for line in lines(stream)] == ["turn_failed"]


def test_setting_up_twice_writes_each_line_once(stream: io.StringIO) -> None:
    set_up_logs(stream=stream)
    set_up_logs(stream=stream)

    structlog.get_logger().info("turn_done")

    assert len(lines(stream)) == 1


@pytest.mark.parametrize("name", [*CAPPED_LOGGERS, "telegram.ext.Updater", "transitions.core", "httpcore.http11"])
@pytest.mark.parametrize("level", ["DEBUG", "INFO", "ERROR"])
def test_talkative_libraries_are_capped_at_any_level(stream: io.StringIO, name: str, level: str) -> None:
    set_up_logs(level, stream=stream)

    logging.getLogger(name).info("HTTP Request: POST https://api.example/bot123:SECRET/getUpdates")

    assert stream.getvalue() == ""
    assert logging.getLogger(name).getEffectiveLevel() >= logging.WARNING


def test_a_warning_of_a_library_tells_where_but_not_what(stream: io.StringIO) -> None:
    set_up_logs(stream=stream)

    logging.getLogger("telegram.Bot").warning("Update: %s", {"text": "my baby shakes"}, stack_info=True)

    [line] = lines(stream)
    assert line["event"] == "library_log"
    assert line["library"] == "telegram.Bot"
    assert line["place"].startswith("tests/test_telemetry.py:")
    assert "baby" not in stream.getvalue()


def test_keys_off_the_list_are_dropped_by_name(stream: io.StringIO) -> None:
    set_up_logs(stream=stream)

    structlog.get_logger().info("turn_done", text="my baby shakes", name="Ada", turn=3)

    [line] = lines(stream)
    assert line["turn"] == 3
    assert line["dropped"] == ["name", "text"]
    assert "baby" not in stream.getvalue()
    assert "Ada" not in stream.getvalue()


@pytest.mark.parametrize("value", ["my baby shakes", {"text": "no"}, ["fine", "my baby"], object(), b"raw"])
def test_a_sentence_under_an_allowed_key_is_dropped(stream: io.StringIO, value: object) -> None:
    set_up_logs(stream=stream)

    structlog.get_logger().info("turn_done", reason=value)

    [line] = lines(stream)
    assert "reason" not in line
    assert line["dropped"] == ["reason"]


def test_an_event_that_is_a_sentence_is_dropped(stream: io.StringIO) -> None:
    set_up_logs(stream=stream)

    structlog.get_logger().info("Parent wrote: my baby shakes")
    structlog.get_logger().info("parent wrote %s", "my baby shakes")

    assert [line["event"] for line in lines(stream)] == ["unnamed_event", "unnamed_event"]
    assert "baby" not in stream.getvalue()


@pytest.mark.parametrize("readable", [True, False])
def test_an_exception_shows_its_way_but_not_its_words(stream: io.StringIO, readable: bool) -> None:
    set_up_logs(stream=stream, readable=readable)

    try:
        try:
            int("my baby shakes")
        except ValueError as error:
            raise KeyError("my baby shakes") from error
    except KeyError:
        structlog.get_logger().exception("turn_failed")
        logging.getLogger("asyncio").exception("Task failed: %s", "my baby shakes")

    written = stream.getvalue()
    assert "baby" not in written
    assert "KeyError" in written
    assert "ValueError" in written
    assert "tests/test_telemetry.py:" in written
    if not readable:
        ours, theirs = lines(stream)
        assert ours["error"] == theirs["error"] == "KeyError"
        assert "dropped" not in ours


def test_the_members_of_an_exception_group_are_shown(stream: io.StringIO) -> None:
    set_up_logs(stream=stream)

    structlog.get_logger().error(
        "turn_failed", exc_info=ExceptionGroup("my baby", [ValueError("shakes"), OSError("a")])
    )

    [line] = lines(stream)
    assert line["trace"] == ["ValueError", "OSError"]
    assert "shakes" not in stream.getvalue()


@given(
    st.tuples(st.text(), st.text()).map(" ".join),
    st.sampled_from([*sorted(ALLOWED_KEYS), "text", "_text", "exc_info", "dropped", "positional_args"]),
)
def test_no_sentence_passes_under_any_key(sentence: str, key: str) -> None:
    kept = only_allowed_keys(None, "info", {"event": "turn_done", key: sentence})

    assert sentence not in kept.values()


def test_no_key_names_an_answer() -> None:
    """Which question, rule or fact it was may be a secret of the parent."""
    assert ALLOWED_KEYS.isdisjoint({"answer", "child", "fact", "flag", "level", "name", "question", "rule", "text"})


def test_the_same_parent_has_the_same_id_under_one_salt_only() -> None:
    assert hashed("telegram:1", SALT) == hashed("telegram:1", SALT)
    assert hashed("telegram:1", SALT) != hashed("telegram:2", SALT)
    assert hashed("telegram:1", SALT) != hashed("telegram:1", SALT[::-1])
    assert len(hashed("telegram:1", SALT)) == 16


def test_a_salt_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        hashed("telegram:1", b"short")

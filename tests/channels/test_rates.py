"""How fast messages may leave."""

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.rates import CHAT_BURST, CHAT_RATE, IN_ALL, KEPT_FOR_URGENT, Rates


def take_all(rates: Rates, chat: str, now: float) -> int:
    """Make all calls that may be made now; say how many."""
    made = 0
    while rates.wait(chat, now) == 0:
        rates.take(chat, now)
        made += 1
    return made


def test_a_turn_of_three_messages_leaves_at_once() -> None:
    assert take_all(Rates(), "1", 100.0) == CHAT_BURST >= 3


def test_after_a_burst_a_chat_gets_one_call_a_second() -> None:
    rates = Rates()
    take_all(rates, "1", 100.0)
    assert rates.wait("1", 100.0) == 1
    assert [take_all(rates, "1", 100.0 + second) for second in range(1, 6)] == [1] * 5


def test_a_chat_that_used_its_burst_stops_no_other() -> None:
    rates = Rates()
    take_all(rates, "1", 100.0)
    assert rates.wait("2", 100.0) == 0


def test_what_is_urgent_does_not_wait_for_its_chat() -> None:
    rates = Rates()
    take_all(rates, "1", 100.0)
    assert rates.wait("1", 100.0, urgent=True) == 0


def test_some_of_each_second_is_kept_for_what_is_urgent() -> None:
    rates = Rates()
    made = sum(take_all(rates, str(chat), 100.0) for chat in range(100))
    assert made == IN_ALL - KEPT_FOR_URGENT
    for chat in range(KEPT_FOR_URGENT):
        assert rates.wait(str(chat), 100.0, urgent=True) == 0
        rates.take(str(chat), 100.0)
    assert rates.wait("new", 100.0, urgent=True) == 1


def test_tidying_leaves_calls_for_messages() -> None:
    rates = Rates()
    while rates.wait("1", 100.0, tidying=True) == 0:
        rates.take("1", 100.0, tidying=True)
    assert take_all(rates, "1", 100.0) == 3


def test_a_parent_who_answers_every_two_seconds_waits_for_nothing() -> None:
    rates, now = Rates(), 100.0
    for _ in range(100):
        for tidying in (False, True):
            assert rates.wait("1", now, tidying=tidying) == 0
            rates.take("1", now, tidying=tidying)
        now += 2


def test_a_pause_that_telegram_asked_for_holds_for_its_chat_alone_and_for_no_emergency() -> None:
    rates = Rates()
    rates.pause("1", 100.0, 7)
    assert rates.wait("1", 102.0) == 5
    assert rates.wait("1", 102.0, urgent=True) == 0
    assert rates.wait("2", 102.0) == 0
    assert rates.wait("1", 107.0) == 0


def test_chats_that_wrote_long_ago_are_forgotten() -> None:
    rates = Rates()
    for second in range(10_000):
        rates.take(str(second), float(second))
    assert len(rates._chats) < 1000


steps = st.lists(
    st.tuples(st.floats(0, 2), st.sampled_from("abcdefgh"), st.booleans(), st.booleans()), min_size=1, max_size=300
)


@given(steps)
def test_no_window_of_any_length_ever_holds_more_than_is_allowed(steps: list[tuple[float, str, bool, bool]]) -> None:
    rates, now = Rates(), 0.0
    made: list[tuple[float, str, bool, bool]] = []
    for pause, chat, urgent, tidying in steps:
        now += pause / 10
        if rates.wait(chat, now, urgent=urgent, tidying=tidying and not urgent) == 0:
            rates.take(chat, now, tidying=tidying and not urgent)
            made.append((now, chat, urgent, tidying))
    for first, (begin, *_) in enumerate(made):
        in_second = [one for one in made[first:] if one[0] - begin < 1]
        assert len(in_second) <= IN_ALL
    for chat in "abcdefgh":
        # What was urgent did not ask.
        mine = [(at, 0.5 if tidying else 1.0) for at, one, urgent, tidying in made if one == chat and not urgent]
        for first in range(len(mine)):
            for last in range(first, len(mine)):
                cost = sum(cost for _, cost in mine[first : last + 1])
                assert cost <= CHAT_BURST + (mine[last][0] - mine[first][0]) * CHAT_RATE + 1e-6


@given(steps)
def test_whoever_waits_as_long_as_told_may_call(steps: list[tuple[float, str, bool, bool]]) -> None:
    rates, now = Rates(), 0.0
    for pause, chat, urgent, tidying in steps:
        now += pause / 10
        now += rates.wait(chat, now, urgent=urgent, tidying=tidying)
        assert rates.wait(chat, now + 1e-6, urgent=urgent, tidying=tidying) == 0
        rates.take(chat, now)

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.callback_data import MAX_BYTES, MAX_TURN, decode, encode
from bot.talk.events import Pressed

names = st.from_regex(r"[a-z][a-z0-9_]{0,18}(\.[a-z][a-z0-9_]{0,5})?", fullmatch=True)


def test_a_button_comes_back_as_it_was_sent() -> None:
    data = encode(41, "danger_signs.danger_signs", "item_swallowed_substance")

    assert decode(data) == Pressed(41, "danger_signs.danger_signs", "item_swallowed_substance")


@given(turn=st.integers(0, MAX_TURN), question=names, option=names)
def test_each_name_of_usual_length_comes_back(turn: int, question: str, option: str) -> None:
    assert decode(encode(turn, question, option)) == Pressed(turn, question, option)


@given(turn=st.integers(), question=st.text(), option=st.text())
def test_no_button_is_longer_than_telegram_takes_whatever_its_names(turn: int, question: str, option: str) -> None:
    data = encode(turn, question, option)

    assert 1 <= len(data.encode()) <= MAX_BYTES
    assert decode(data) is not None


@given(one=st.text(min_size=60), other=st.text(min_size=60))
def test_two_long_names_never_look_the_same(one: str, other: str) -> None:
    assert (encode(1, "question", one) == encode(1, "question", other)) == (one == other)


@given(st.text())
def test_forged_data_is_nothing_or_a_button_that_the_conversation_can_be_asked_about(data: str) -> None:
    pressed = decode(data)

    assert pressed is None or 0 <= pressed.turn <= MAX_TURN


def test_data_of_another_shape_is_refused() -> None:
    forged = ["", "x", "1|a", "1|a|b|c", "-1|a|b", "1.5|a|b", "٣|a|b", "1|a|b\n", "1||b", f"{10**13}|a|b", "1|ä|b"]

    assert [decode(one) for one in forged] == [None] * len(forged)
    assert decode("1|" + "a" * 40 + "|" + "b" * 40) is None

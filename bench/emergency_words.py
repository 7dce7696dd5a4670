"""How long the emergency words take: python bench/emergency_words.py [path/to/words.yaml].

Prints the time to load them and to hear one message of 4,096 characters (Telegram's longest), calm and hostile.
"""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path

from bot.script.document import compose, plain
from bot.talk.emergency_words import EmergencyWords

LONGEST = 4096
ROUNDS = 30
CALM = {
    "English": "She slept well last night and took her bottle at six, then we went for a walk in the park. ",
    "Russian": "Сегодня мы хорошо поспали, поели в шесть утра и пошли гулять в парк с бабушкой. ",
    "Chinese": "宝宝昨天晚上睡得很好，早上六点喝了奶，然后我们去公园散步，天气也很好。",
    "Hindi": "कल रात बच्चा अच्छे से सोया और सुबह छह बजे दूध पिया, फिर हम पार्क गए। ",
    "Arabic": "نام طفلي جيدا الليلة الماضية وشرب الحليب في الساعة السادسة ثم ذهبنا الى الحديقة. ",
    "German": "Gestern hat sie gut geschlafen und um sechs getrunken, danach waren wir im Park spazieren. ",
}
HOSTILE = {
    "one word over and over": "not ",
    "many beginnings": "if he is not no he has had a the i can can not when she turned went her lips ",
    "new long words": None,
    "one long word": "breathing" * 455,
    "no letters": "😱" * LONGEST,
    "ligatures": "\ufdfa" * LONGEST,
}


def message(piece: str | None) -> str:
    """Repeat a piece up to the longest message; None makes words that no list knows."""
    if piece is None:
        letters = itertools.product("abcdefghijkl", repeat=4)
        piece = " ".join("breat" + "".join(four) for four in itertools.islice(letters, 420))
    return (piece * (LONGEST // len(piece) + 1))[:LONGEST]


def milliseconds(words: EmergencyWords, text: str) -> float:
    """Take the median of several rounds."""
    taken = []
    for _ in range(ROUNDS):
        before = time.perf_counter()
        words.hear(text)
        taken.append(time.perf_counter() - before)
    return sorted(taken)[ROUNDS // 2] * 1000


def main() -> None:
    """Print the table."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "content/words.yaml")
    data = plain(compose(path.read_text(encoding="utf-8"), str(path)))
    before = time.perf_counter()
    words = EmergencyWords.from_mapping(data)
    print(f"{'load':<28}{(time.perf_counter() - before) * 1000:8.1f} ms")  # noqa: T201
    for name, piece in (CALM | HOSTILE).items():
        print(f"{name:<28}{milliseconds(words, message(piece)):8.2f} ms")  # noqa: T201


if __name__ == "__main__":
    main()

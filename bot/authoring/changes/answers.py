"""What changes in the answers of a question and in the lines of a list: other words, another meaning, more or fewer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.authoring.changes.both import Both, tellers
from bot.authoring.changes.words import quoted, same_words, squeezed, told_in_words
from bot.authoring.changes.worlds import Ways
from bot.facts.value import Value
from bot.script.edit_class import EditClass
from bot.script.model import Item, Option

Answer = Option | Item


@dataclass(frozen=True, slots=True)
class Pair:
    """An answer before and after; None where it is new or gone."""

    old: Answer | None
    new: Answer | None


def paired(old: Sequence[Answer], new: Sequence[Answer]) -> Iterator[Pair]:
    """Which answer became which: by the words that a parent presses, then by what they tell, then by the id."""
    before, after = list(old), list(new)

    def match(same: str, one: Answer, other: Answer) -> bool:
        match same:
            case "text":
                return same_words(one.text, other.text)
            case "meaning":
                return (one.sets, one.then) == (other.sets, other.then)
            case _:
                return one.id == other.id

    for same in ("text", "meaning", "id"):
        for one in list(before):
            other = next((another for another in after if match(same, one, another)), None)
            if other is not None:
                before.remove(one)
                after.remove(other)
                yield Pair(one, other)
    yield from (Pair(one, None) for one in before)
    yield from (Pair(None, one) for one in after)


def relabelled(pair: Pair) -> bool:
    """Whether only the words of an answer are others."""
    return pair.old is not None and pair.new is not None and squeezed(pair.old.text) != squeezed(pair.new.text)


def meaning_changes(both: Both, of: str, old: Answer, new: Answer) -> Iterator[tuple[EditClass, str]]:
    """What becomes of a parent who gives an answer of the same words that tells something else now."""
    was, now = (told_in_words(one.sets, script.vocabulary) for one, script in ((old, both.old), (new, both.new)))
    what = f"the answer {quoted(new.text)} tells “{now}”, and told “{was}”"
    if old.then != new.then:
        after = f"is followed by [{new.then}]" if new.then else f"is not followed by [{old.then}] any more"
        yield EditClass.STRUCTURAL, f"the answer {quoted(new.text)} {after}"
    if old.sets == new.sets:
        return
    ways = decide(both, of, old.sets, new.sets)
    yield from classed(ways, what)
    touched = frozenset({*old.sets, *new.sets})
    if ways is not None and (ways.more or ways.less) and touched & both.steering:
        yield EditClass.STRUCTURAL, f"the answer {quoted(new.text)} decides which questions come next"


def classed(ways: Ways | None, what: str) -> Iterator[tuple[EditClass, str]]:
    """One sentence for each way in which a change goes; structural where nobody can say."""
    if ways is None or not (ways.more or ways.less):
        yield EditClass.STRUCTURAL, what
        return
    for kind, example in ((EditClass.STRICTER, ways.more), (EditClass.LOOSER, ways.less)):
        if example is not None:
            yield kind, f"{what}. {example.sentence}"


def decide(both: Both, of: str, old: Mapping[str, Value], new: Mapping[str, Value]) -> Ways | None:
    """Who gets more and who gets less; None where that cannot be said."""
    if both.worlds is None:
        return None
    known = both.new.vocabulary.facts.keys()
    gone = frozenset(
        name for name in old.keys() - new.keys() if not [one for one in tellers(both.new, name) if one != of]
    )
    return both.worlds.answers({k: v for k, v in old.items() if k in known}, new, gone & known)

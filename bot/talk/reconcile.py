"""A script that changed under a running conversation: answers stay, but for those whose question means something else.

Source: research page flow_engines.md, section 7, rules R1 to R19; which of them is held where stands in the decision
"A script that is edited in mid-conversation". Raised flags are never touched here but to raise more (R5).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from bot.facts.level import Level
from bot.facts.value import YES
from bot.script.model import Kind
from bot.talk.asked import find_checklist, find_question
from bot.talk.check import DANGER_DIALOG
from bot.talk.closed import SAVES
from bot.talk.effects import ScriptChanged
from bot.talk.events import Event
from bot.talk.moment import graver, highest, most_urgent
from bot.talk.renaming import Names, known_keys, names_for, renamed_event, renamed_session
from bot.talk.review import list_answer
from bot.talk.session import Check, Given, ListState, Pending
from bot.talk.turn import CHANGED_UNTOLD, Turn
from bot.talk.waiting import still_means
from bot.triage.knowledge import Told

TREMOR = "tremor"
"""The fact that says that there was an event for the diary."""

OF_THE_CHECK = frozenset({Pending.POSITION, Pending.CONFIRM, Pending.STEP, Pending.STALE_DANGER})
"""Questions of a check: where one of them is gone, the parent is told so."""


def reconcile(turn: Turn, event: Event) -> Event:
    """Take the session over to the present script; give the event by its present names.

    Comes before all else in a turn, since no answer may be read by a script that does not know it.
    """
    session, script = turn.session, turn.script
    if session.script in ("", script.hash):
        # A button of a message from before a rename still says what it said.
        return event if script.renames.nothing else renamed_event(Names(script.renames, known_keys(script)), event)
    if session.structure == script.structure:
        # Other words, and nothing else: nobody notices (R2).
        return event
    names = names_for(session, script)
    turn.take_session(renamed_session(names, session))
    _take_over(turn, session.script, renamed=not names.nothing)
    return renamed_event(names, event)


def _take_over(turn: Turn, old: str, *, renamed: bool) -> None:
    script, told = turn.script, turn.session.told
    gone = {fact for fact in told if fact not in script.vocabulary.facts}
    again = {fact for fact in told if fact not in gone and not _means_the_same(turn, fact)}
    homeless = turn.session.check is not None and not _can_go_on(turn, turn.check)
    if turn.session.check is not None:
        _keep_what_stays(turn, gone | again)
    turn.forget_answers(gone | again)
    kept = tuple(one for one in (still_means(turn, prompt) for prompt in turn.session.prompts) if one is not None)
    turn.dropped = tuple(one for one in turn.session.prompts if all(one.question != other.question for other in kept))
    turn.update(prompts=kept)
    if turn.session.check is None:
        return
    if homeless:
        _go_home(turn)
    risen = _raise_what_rises(turn)
    lost = any(prompt.pending in OF_THE_CHECK for prompt in turn.dropped)
    outdated = any(prompt.data.get("changed") for prompt in kept)
    tells = not turn.check.ended and (bool(again) or lost or outdated or homeless)
    turn.update_check(unreviewed=True, said=turn.check.said | ({CHANGED_UNTOLD} if tells else frozenset()))
    if turn.check.kept and (again or gone or lost or outdated or homeless or risen or renamed):
        count = len(turn.session.told)
        turn.effects.append(ScriptChanged(old, script.hash, count, len(again), turn.now, told=tells))


def _means_the_same(turn: Turn, fact: str) -> bool:
    """Whether an answer still says what it said.

    What was told by a question that is gone stays, unless questions of that name now have other answers.
    """
    source = turn.session.meanings.get(fact)
    meanings = turn.script.meanings
    if source is None:
        return True
    key, _, digests = source.partition("|")
    meant, _, definition = digests.partition("|")
    if key in meanings:
        return meanings.get(f"{key}/{fact}") == meant
    others = _places(turn, key.partition(".")[2])
    if others:
        return any(meanings.get(f"{other}/{fact}") == meant for other in others)
    return meanings[fact] == definition


def _places(turn: Turn, name: str) -> list[str]:
    """Every question and checklist of a name, by their keys."""
    dialogs = turn.script.dialogs.values()
    return [f"{one.id}.{name}" for one in dialogs if name and (name in one.questions or name in one.checklists)]


def _can_go_on(turn: Turn, check: Check) -> bool:
    """Whether the dialog of a check is still there, and one that a check can end in."""
    dialog = turn.script.dialogs.get(check.dialog)
    return dialog is not None and any(item.kind is Kind.FINISH for item in dialog.plan)


def _go_home(turn: Turn) -> None:
    """A dialog that is gone: its answers and flags stay with the danger check, and its event goes to the diary."""
    told = turn.session.told.get(TREMOR)
    saves = {SAVES} if told is not None and told.value == YES else set[str]()
    turn.update_check(dialog=DANGER_DIALOG, said=turn.check.said | saves)


def _keep_what_stays(turn: Turn, lost: Collection[str]) -> None:
    """Take out of the history of a check what was told by the lost facts, and all that came of them (R3)."""
    check = turn.check
    here = {key: told for key, told in check.replaced.items() if _is_there(turn, key)}
    # Taken back to be answered anew, and nobody will ask any more: what was told before counts.
    back = {fact: one for key, told in check.replaced.items() if key not in here for fact, one in told.items()}
    turn.update(told={**{fact: one for fact, one in back.items() if fact not in lost}, **turn.session.told})
    turn.update_check(
        given=tuple(_without(given, lost) for given in check.given if not _is_lost(given, lost)),
        lists=dict(_lists(turn, check)),
        replaced={key: _rest(told, lost) for key, told in here.items()},
        asked_again=check.asked_again if _is_there(turn, check.asked_again) else None,
        steps={},
        hints={**check.hints, **dict(_hints(turn, check, lost))},
    )


def _is_there(turn: Turn, key: str | None) -> bool:
    return key is not None and (find_question(turn, key) is not None or find_checklist(turn, key) is not None)


def _is_lost(given: Given, lost: Collection[str]) -> bool:
    return bool(given.facts) and all(fact in lost for fact in given.facts)


def _without(given: Given, lost: Collection[str]) -> Given:
    facts = tuple(fact for fact in given.facts if fact not in lost)
    return replace(given, facts=facts, before=_rest(given.before, lost))


def _rest(told: Mapping[str, Told], lost: Collection[str]) -> dict[str, Told]:
    return {fact: one for fact, one in told.items() if fact not in lost}


def _hints(turn: Turn, check: Check, lost: Collection[str]) -> Iterator[tuple[str, str]]:
    """What was said before to each question that is asked again; never something private (Always 10)."""
    facts = turn.script.vocabulary.facts
    for given in check.given:
        if not any(fact in lost for fact in given.facts):
            continue
        if any(fact not in facts or facts[fact].private for fact in given.facts):
            continue
        checklist = find_checklist(turn, given.question)
        label = given.label if checklist is None else list_answer(turn, checklist, given)
        if label:
            yield given.question, label


def _lists(turn: Turn, check: Check) -> Iterator[tuple[str, ListState]]:
    """How far each checklist has come; of one that changed, only the marks of the lines that are still the same."""
    shown = {prompt.question: prompt for prompt in turn.session.prompts if "meanings" in prompt.data}
    meanings = turn.script.meanings
    for key, state in check.lists.items():
        if not _is_there(turn, key):
            continue
        if meanings[key] == state.meaning:
            yield key, state
            continue
        known = dict(shown[key].data["meanings"]) if key in shown else {}
        same = {line for line, meant in known.items() if meanings.get(f"{key}:{line}") == meant}
        marks = {line: mark for line, mark in state.marks.items() if line in same}
        yield key, replace(state, marks=marks, deferred=(), meaning=meanings[key])


def _raise_what_rises(turn: Turn) -> bool:
    """Apply the present rules to the answers at once; note where an URGENT or EMERGENCY comes of it."""
    before = turn.check.flags
    was = {rule: flag.raised(rule) for rule, flag in before.items()}
    turn.settle_flags()
    level, action = highest(turn.moment.own), most_urgent(turn.moment.own)
    held = highest(was) or Level.REASSURE
    turn.risen = level is not None and level >= Level.URGENT and graver((held, most_urgent(was)), level, action)
    return turn.check.flags != before

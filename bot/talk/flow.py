"""A check under way: the next step is found by replay, shown, and its answer stored."""

from __future__ import annotations

from dataclasses import replace

from bot.facts.level import ORDER, Action, Level
from bot.facts.value import Number, Value
from bot.script.conditions import FactIs, walk
from bot.script.model import Checklist, Item, Kind, Question
from bot.script.read_value import on_day
from bot.script.vocabulary import Scope
from bot.talk import checklist as lists
from bot.talk import position
from bot.talk.advice import (
    advice_text,
    main_text,
    meanwhile_text,
    public_reasons,
    safety_net_text,
)
from bot.talk.effects import (
    Button,
    CheckEnded,
    CheckStarted,
    EpisodeSaved,
    Mark,
)
from bot.talk.moment import LIST_FLAG, WORD_FLAG, Moment, base_facts
from bot.talk.remaining import remaining
from bot.talk.session import Check, Flag, Given, ListState, Pending
from bot.talk.turn import KEPT_FOR_NEXT_CHECK, PRIVATE_RULE, STICKY_FOR, Turn
from bot.triage.knowledge import Told

NEVER_LOWERED_BY_READING = frozenset({"F-01", "F-03", "F-08"})
"""Rules that a second reading never lowers (Always 4)."""

MAX_SUMMARY = 6

TWO_CHILDREN = "two children"
"""Remembered in `said` when a parent wrote about two children: the outcome reminds of the other one."""


# Starting and ending.


def start_check(turn: Turn, dialog: str, known: dict[str, Value]) -> None:
    """Begin a check; signs are asked anew, what is known about the child is not."""
    facts = turn.script.vocabulary.facts
    told = {
        name: one
        for name, one in turn.session.told.items()
        if name in facts and (facts[name].scope is Scope.CHILD or name in KEPT_FOR_NEXT_CHECK)
    }
    recent = {rule: flag for rule, flag in turn.session.recent.items() if turn.now - flag.at <= STICKY_FOR}
    number = turn.number
    check = Check(number, dialog, turn.now, kept=turn.session.consent)
    turn.update(told=told, recent=recent, check=check, tries=0)
    if check.kept:
        turn.effects.append(CheckStarted(number, dialog, turn.now))
    if known:
        turn.keep_answers("menu", known)


def end_check(turn: Turn, *, cut_short: bool) -> None:
    """Close the check: its level is recorded, its URGENT and EMERGENCY flags stay for a day, private answers go."""
    check = turn.check
    level, action = turn.moment.level, turn.moment.action
    if check.kept and not check.ended:
        turn.effects.append(CheckEnded(check.number, level, action, turn.now, cut_short))
    serious = {
        PRIVATE_RULE if flag.private else rule: replace(flag, private=False) if flag.private else flag
        for rule, flag in sorted(check.flags.items(), key=lambda pair: pair[1].level)
        if flag.level >= Level.URGENT
    }
    facts = turn.script.vocabulary.facts
    told = {
        name: one
        for name, one in turn.session.told.items()
        if check.kept
        and name in facts
        and not facts[name].private
        and (facts[name].scope is Scope.CHILD or name in KEPT_FOR_NEXT_CHECK)
    }
    recent = {**turn.session.recent, **serious} if check.kept else turn.session.recent
    turn.update(check=None, told=told, recent=recent, tries=0)


def save_episode(turn: Turn) -> None:
    """Put the event into the diary, with its level and the reasons that may be named."""
    check, moment = turn.check, turn.moment
    if not check.kept:
        return
    facts = turn.script.vocabulary.facts
    answers = {
        name: one.value
        for name, one in turn.session.told.items()
        if name in facts and not facts[name].private and facts[name].scope is not Scope.CHILD
    }
    lines = tuple(summary_lines(turn))
    reasons = public_reasons(moment, moment.raised)
    turn.effects.append(EpisodeSaved(check.number, turn.now, moment.level, reasons, answers, lines))


# The next step.


def go_on(turn: Turn) -> None:
    """Raise what has risen, then show the next step; texts are said until something waits for the parent."""
    turn.settle_flags()
    if _interrupt(turn):
        return
    while True:
        spot = position.locate(turn.moment, turn.check)
        item = spot.item
        if item is None or item.kind is Kind.FINISH:
            conclude(turn, saves=item is not None and item.saves is not None)
            return
        dialog = turn.script.dialogs[spot.dialog]
        match item.kind:
            case Kind.ASK:
                show_question(turn, dialog.questions[item.target])
                return
            case Kind.CHECKLIST:
                show_checklist(turn, dialog.checklists[item.target])
                return
            case Kind.SAY:
                turn.say(turn.voice.say(dialog.texts[item.target].text))
            case Kind.GATE:
                _say_closed(turn, item.target)
                conclude(turn, saves=False)
                return
            case Kind.HOWTO:
                if outcome_key(turn.moment) not in turn.check.said:
                    say_outcome(turn, turn.moment)
                show_step(turn, position.said_key(spot.dialog, item), item.target)
                return
        turn.update_check(said=turn.check.said | {position.said_key(spot.dialog, item)})


def _interrupt(turn: Turn) -> bool:
    """EMERGENCY ends the questions at once; URGENT is said at once, then the parent may go on."""
    level, action = turn.moment.level, turn.moment.action
    if level is None or level < Level.URGENT or not _graver(turn.check.announced, level, action):
        return False
    turn.update_check(announced=(level, action))
    if level is Level.EMERGENCY:
        show_emergency(turn)
    else:
        show_urgent(turn)
    return True


def _graver(announced: tuple[Level, Action | None] | None, level: Level, action: Action | None) -> bool:
    if announced is None or level > announced[0]:
        return True
    return level is announced[0] and _rank(action) < _rank(announced[1])


def _rank(action: Action | None) -> int:
    return ORDER.index(action) if action in ORDER else len(ORDER)


def show_emergency(turn: Turn) -> None:
    """Give the emergency advice; the questions are over, but an answer can still be corrected."""
    moment = turn.moment
    private = any(flag.private for flag in turn.check.flags.values() if flag.level is Level.EMERGENCY)
    text = main_text(moment, turn.voice, moment.raised, request=False)
    meanwhile = meanwhile_text(moment, turn.voice, moment.raised)
    if not turn.check.ended:
        if any(item.saves for item in turn.script.dialogs[turn.check.dialog].plan):
            save_episode(turn)
        if turn.check.kept:
            turn.effects.append(CheckEnded(turn.check.number, moment.level, moment.action, turn.now, cut_short=False))
        turn.update_check(ended=True)
    turn.escalate(
        text,
        Level.EMERGENCY,
        "emergency",
        Pending.EMERGENCY,
        emergency_buttons(turn),
        private=private,
    )
    if meanwhile is not None:
        turn.say(meanwhile)
    if TWO_CHILDREN in turn.check.said:
        turn.say(turn.phrase("two_children"))


def emergency_buttons(turn: Turn) -> list[Button]:
    """What a parent can answer to an emergency advice."""
    buttons = [turn.button("calling"), turn.button("cannot_reach", danger=True)]
    if turn.session.check is not None and any(rule.startswith(WORD_FLAG) for rule in turn.check.flags):
        buttons.append(turn.button("not_happening"))
    if turn.session.check is not None and turn.check.given:
        buttons.append(turn.button("change_answer"))
    buttons.append(turn.button("to_menu"))
    return buttons


def show_urgent(turn: Turn) -> None:
    """Give the advice for today at once; where questions are left, offer to go on."""
    moment = turn.moment
    private = any(flag.private for flag in turn.check.flags.values() if flag.level is Level.URGENT)
    text = main_text(moment, turn.voice, moment.raised, request=False)
    spot = position.locate(moment, turn.check)
    if spot.item is None or spot.item.kind is Kind.FINISH:
        conclude(turn, saves=spot.item is not None and spot.item.saves is not None)
        return
    turn.escalate(text, Level.URGENT, "urgent_said", Pending.URGENT, (), private=private)
    buttons = [turn.button("continue"), turn.button("stop_here")]
    if turn.check.given:
        buttons.append(turn.button("back"))
    turn.ask(Pending.URGENT, "urgent", turn.phrase("urgent_more"), buttons)


# Questions.


def progress(turn: Turn) -> tuple[int, int]:
    """The number of this question, and about how many there are."""
    number = len(turn.check.given) + 1
    return number, number + max(remaining(turn.moment, turn.check) - 1, 0)


def show_question(turn: Turn, question: Question, *, before: str | None = None, bands: bool = False) -> None:
    """Ask a question; after three unclear answers in an easier form."""
    parts = [turn.voice.say(question.ask, summary="\n".join(summary_lines(turn)))]
    if before is not None:
        parts.insert(0, before)
    if question.why is not None and before is None:
        parts.append(turn.voice.say(question.why))
    options = question.bands if bands and question.bands else question.options
    buttons = [Button(option.id, option.text) for option in options]
    label = question.not_sure or turn.script.button("not_sure")
    buttons.append(Button("not_sure", label))
    if turn.check.given:
        buttons.append(turn.button("back"))
    turn.ask(
        Pending.POSITION,
        position.question_key(question.dialog, question.id),
        "\n\n".join(parts),
        buttons,
        progress=progress(turn),
        kind="question",
        bands=bool(bands and question.bands),
    )


def show_checklist(turn: Turn, checklist: Checklist, *, before: str | None = None) -> None:
    """Ask a checklist at the stage that it has reached."""
    key = position.question_key(checklist.dialog, checklist.id)
    lines = list_lines(turn, checklist)
    state = turn.check.lists.get(key, ListState())
    parts = [] if before is None else [before]
    if checklist.pick:
        parts.append(turn.voice.say(checklist.ask))
    elif state.stage == lists.MAIN:
        parts.append(turn.voice.say(checklist.ask))
        parts.append("\n".join(f"{number}. {turn.voice.say(one.text)}" for number, one in enumerate(lines, 1)))
    elif state.stage == lists.WHICH:
        parts.append(turn.phrase("which"))
    else:
        parts.append(turn.phrase("which_not_sure"))
    turn.ask(
        Pending.POSITION,
        key,
        "\n\n".join(parts),
        list_buttons(turn, checklist, lines, state),
        progress=progress(turn) if checklist.pick or state.stage == lists.MAIN else None,
        kind="checklist",
        lines=[line.id for line in lines],
    )


def list_lines(turn: Turn, checklist: Checklist) -> tuple[Item, ...]:
    """The lines to show: those that are open, or all that make sense when the list is gone through again."""
    return position.visible(turn.moment, turn.check, checklist)


def list_buttons(turn: Turn, checklist: Checklist, lines: tuple[Item, ...], state: ListState) -> list[Button]:
    """The buttons of a checklist at its stage; "none of these" is never the first."""
    if state.stage == lists.MAIN and not checklist.pick:
        danger = checklist.level is Level.EMERGENCY
        buttons = [
            Button("yes", turn.script.button("yes_one_of_these"), danger=danger),
            Button("none", checklist.none or turn.script.button("none_of_these")),
            turn.button("not_sure"),
        ]
        return [*buttons, turn.button("back")] if turn.check.given else buttons
    marks = {Mark.YES: turn.script.text("mark_yes"), Mark.NOT_SURE: turn.script.text("mark_not_sure")}
    toggles = []
    for line in lines:
        mark = state.marks.get(line.id, Mark.NONE)
        text = turn.voice.say(line.text)
        label = f"{marks[mark]} {text}" if mark in marks else text
        toggles.append(Button(f"item_{line.id}", label, mark))
    if checklist.pick:
        last = [turn.button("back")] if turn.check.given else []
        return [*toggles, turn.button("done"), turn.button("not_sure"), *last]
    return [*toggles, turn.button("done"), turn.button("back", option="list_back")]


def find_checklist(turn: Turn, key: str) -> Checklist | None:
    """The checklist with this key, if the script still has it."""
    dialog, _, name = key.partition(".")
    found = turn.script.dialogs.get(dialog)
    return found.checklists.get(name) if found is not None else None


def find_question(turn: Turn, key: str) -> Question | None:
    """The question with this key, if the script still has it."""
    dialog, _, name = key.partition(".")
    found = turn.script.dialogs.get(dialog)
    return found.questions.get(name) if found is not None else None


# Answers.


def give(turn: Turn, key: str, label: str, values: dict[str, Value]) -> None:
    """Store an answer, note it in the history, and lower what a correction takes away."""
    before = {name: told for name, told in turn.session.told.items() if name in values}
    correcting = turn.check.asked_again == key
    given = (*turn.check.given, Given(key, label, tuple(values), before))
    turn.keep_answers(key, values)
    turn.update(tries=0)
    turn.update_check(
        given=given,
        asked_again=None if correcting else turn.check.asked_again,
        replaced={} if correcting else turn.check.replaced,
        odd_reading=None,
    )
    if correcting:
        turn.update_check(ended=False)
        turn.lower_flags(_flags_on(turn, frozenset(values), key))


def _flags_on(turn: Turn, facts: frozenset[str], key: str) -> list[str]:
    """The raised flags that look at one of these facts, or that this very checklist raised."""
    found = []
    for rule in turn.check.flags:
        if rule.startswith(LIST_FLAG):
            if rule == f"{LIST_FLAG}{key}":
                found.append(rule)
        elif (rule in turn.script.book.rules and facts & facts_of_rule(turn, rule)) or (
            rule in turn.script.book.rules and turn.script.book.rules[rule].stratum > 1
        ):
            found.append(rule)
    return found


def facts_of_rule(turn: Turn, rule: str) -> frozenset[str]:
    """Every fact that can be asked and that a rule looks at."""
    return frozenset(
        base
        for row in turn.script.book.rules[rule].levels
        for part in walk(row.when)
        if isinstance(part, FactIs)
        for base in base_facts(turn.script, part.fact)
    )


def answer_option(turn: Turn, question: Question, option: str, *, bands: bool) -> bool:
    """Take a pressed option of a question; False when there is no such option."""
    key = position.question_key(question.dialog, question.id)
    if option == "not_sure":
        before = turn.moment.knowledge.answered(question.id)
        label = question.not_sure or turn.script.button("not_sure")
        give(turn, key, label, {question.id: lists.unsure(before)})
        return True
    for one in question.bands if bands else question.options:
        if one.id == option and one.then is not None:
            state = ListState(deferred=(position.LEFT,))
            turn.update_check(lists={**turn.check.lists, key: state})
            give(turn, key, one.text, {})
            return True
        if one.id == option:
            today = turn.now.date()
            give(turn, key, one.text, {name: on_day(value, today) for name, value in one.sets.items()})
            return True
    return False


def highest_reading(turn: Turn, fact: str, value: Value) -> Value:
    """The highest reading of a check counts (source: facts.yaml), unless that very answer is being corrected."""
    before = turn.moment.knowledge.answered(fact)
    if fact != "temperature_c" or not isinstance(before, Number) or not isinstance(value, Number):
        return value
    if before.exact is None or value.exact is None or before.exact <= value.exact:
        return value
    return before


def lowers_a_reading(turn: Turn, value: Value) -> Number | None:
    """The reading that a correction would take down although a rule says that no second reading may.

    Then the parent is asked whether the first was a slip of the finger or a reading of its own.
    """
    before = turn.check.replaced.get("temperature_c")
    raised = any(rule in turn.check.flags for rule in NEVER_LOWERED_BY_READING)
    if before is None or not raised or not isinstance(before.value, Number) or not isinstance(value, Number):
        return None
    if before.value.exact is None or value.exact is None or before.value.exact == value.exact:
        return None
    return before.value


def summary_lines(turn: Turn) -> list[str]:
    """What the parent said, in at most six lines, the newest answer to each question."""
    lines: dict[str, str] = {}
    for one in turn.check.given:
        question = find_question(turn, one.question)
        checklist = find_checklist(turn, one.question)
        if question is not None and any(
            turn.script.vocabulary.facts[fact].private for fact in one.facts if fact in turn.script.vocabulary.facts
        ):
            continue
        if question is not None and question.short is not None:
            lines[one.question] = f"• {question.short}: {one.label}"
        elif checklist is not None and one.label:
            lines[one.question] = f"• {one.label}"
    return list(lines.values())[-MAX_SUMMARY:]


# Ends.


def outcome_key(moment: Moment) -> str:
    """The name under which an outcome is remembered as told; a level that rises is told again."""
    return f"outcome {'NONE' if moment.level is None else moment.level.name}"


def say_outcome(turn: Turn, moment: Moment) -> None:
    """Tell the level reached: the action, why, what helps, and the safety net."""
    dialog = turn.script.dialogs[turn.check.dialog]
    level = moment.level
    text = main_text(moment, turn.voice, moment.raised, request=dialog.request)
    if level is not None and level >= Level.URGENT:
        private = any(flag.private for flag in turn.check.flags.values() if flag.level is level)
        turn.escalate(text, level, "outcome", Pending.URGENT, (), private=private)
    else:
        turn.say(text)
    advice = advice_text(moment, turn.voice, moment.raised, level)
    if advice is not None:
        turn.say(advice)
    turn.say(safety_net_text(moment, turn.voice))
    if TWO_CHILDREN in turn.check.said:
        turn.say(turn.phrase("two_children"))
    turn.update_check(said=turn.check.said | {outcome_key(moment)})


def conclude(turn: Turn, *, saves: bool, cut_short: bool = False) -> None:
    """End the check with its outcome, and show the menu."""
    from bot.talk.start import show_menu

    if outcome_key(turn.moment) not in turn.check.said:
        if not cut_short:
            _settle_closing(turn)
            if _interrupt_at_end(turn):
                return
        say_outcome(turn, turn.moment)
    if saves:
        save_episode(turn)
        turn.say(turn.phrase("saved"))
    end_check(turn, cut_short=cut_short)
    show_menu(turn)


def _settle_closing(turn: Turn) -> None:
    """Raise what the questions left open; where something could still be serious, at least ROUTINE is told."""
    closing = turn.moment.closing()
    for rule, one in closing.raised.items():
        before = turn.check.flags.get(rule)
        if before is None or before.level < one.level:
            turn.raise_flag(rule, Flag(one.level, one.action, one.sure, turn.now))


def settle_named(turn: Turn) -> None:
    """After an EMERGENCY a sign was named: raise its rules, taking what was never asked as usual.

    Only the reason and what to do meanwhile become clearer; the level is there already.
    """
    usual = {
        name: Told(fact.usual, turn.now)
        for name, fact in turn.script.vocabulary.facts.items()
        if fact.usual is not None and name not in turn.session.told
    }
    told = {**usual, **turn.session.told}
    moment = Moment(turn.script, told, turn.check.flags, turn.check.dialog, turn.now)
    for rule, one in moment.raised.items():
        if one.level is Level.EMERGENCY and rule not in turn.check.flags:
            book = turn.script.book.rules
            private = rule in book and book[rule].private
            turn.raise_flag(rule, Flag(one.level, one.action, one.sure, turn.now, private))


def _interrupt_at_end(turn: Turn) -> bool:
    if turn.moment.level is Level.EMERGENCY and _graver(turn.check.announced, Level.EMERGENCY, turn.moment.action):
        turn.update_check(announced=(Level.EMERGENCY, turn.moment.action))
        show_emergency(turn)
        return True
    return False


def _say_closed(turn: Turn, gate: str) -> None:
    state = turn.moment.gate_state(gate)
    reasons = "\n".join(dict.fromkeys(f"• {turn.voice.say(one.because)}" for one in state.reasons))
    title = next((one.title for one in turn.script.howtos.values() if one.gate == gate), gate)
    turn.say(turn.phrase("gate_closed", title=title, reasons=reasons))


# How-tos.


def show_step(turn: Turn, key: str, howto: str) -> None:
    """Show the step of a how-to that the parent has reached."""
    one = turn.script.howtos[howto]
    steps = one.steps_for(turn.moment.gate_state(one.gate).result)
    number = min(turn.check.steps.get(key, 0), len(steps) - 1)
    title = turn.phrase("step", number=str(number + 1), total=str(len(steps)))
    buttons = [turn.button("done" if number + 1 == len(steps) else "next", option="next")]
    if number > 0:
        buttons.append(turn.button("back", option="step_back"))
    buttons += [turn.button("stop"), turn.button("something_wrong", danger=True)]
    turn.ask(
        Pending.STEP,
        f"howto.{howto}",
        f"{one.title}. {title}\n\n{turn.voice.say(steps[number].text)}",
        buttons,
        key=key,
        howto=howto,
        last=number + 1 == len(steps),
        number=number,
    )

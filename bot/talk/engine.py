"""The conversation: a session and an event in, a session and effects out. No clock, no network, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.errors import SteadyError
from bot.facts.level import Level
from bot.facts.value import NOT_SURE, Many, Value, from_json, to_json
from bot.script.script import Script
from bot.talk import checklist as lists
from bot.talk import corrections, emergency, flow, start
from bot.talk.effects import Ask, Button, Effect, Escalate, ForgetParent, Mark, Redraw, Say, Silence
from bot.talk.emergency_numbers import EmergencyNumbers
from bot.talk.emergency_words import EmergencyWords
from bot.talk.events import Command, Event, Pressed, Sent, Typed
from bot.talk.flow import give, go_on
from bot.talk.reconcile import reconcile
from bot.talk.reply_words import ReplyWords
from bot.talk.session import Flag, ListState, Pending, Prompt, Session, Stage
from bot.talk.turn import STICKY_FOR, Tools, Turn
from bot.talk.typed_answer import Again, Doubt, Taken, TooOld, understand_typed
from bot.talk.understand import meant
from bot.talk.wording import print_value

PAUSE = timedelta(minutes=30)
"""After a pause of this length the danger signs are asked again (source: rules.md C-12)."""

MAX_TYPED = 1000
TRIES = 3
"""Unclear answers after which an easier form of the question is offered (source: rules.md section 3)."""

GLOBAL_WORDS = frozenset({"menu", "help", "cancel", "start_again", "back"})


class EngineError(SteadyError):
    """The engine broke one of its own promises; the parent still gets the emergency line (Always 8)."""


class Engine:
    """The conversation over one script."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.tools = Tools(
            script,
            EmergencyWords.from_mapping(script.words),
            ReplyWords.from_mapping(script.words),
            EmergencyNumbers.from_mapping(script.numbers),
        )

    def step(self, session: Session, event: Event, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        """Take one event; raises EngineError where a turn would leave the parent without a reply or a way on."""
        turn = Turn(self.tools, session, now)
        _Step(turn, event).take()
        after, effects = turn.finish()
        if not any(isinstance(effect, Say | Ask | Escalate | Redraw | Silence) for effect in effects):
            raise EngineError("a turn ended without a reply.", cure="Tell the developers.")
        if after.prompt is None and not any(isinstance(effect, Silence) for effect in effects):
            raise EngineError("a turn left no way on.", cure="Tell the developers.")
        return after, effects

    def expire(self, session: Session, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        """Close a check that was left alone for a day: its private answers go; there is nothing to say."""
        turn = Turn(self.tools, session, now)
        left = session.check is not None and session.seen_at is not None and now - session.seen_at >= STICKY_FOR
        if not left:
            return session, ()
        flow.end_check(turn, cut_short=not turn.check.ended)
        # The buttons that are still on the parent's screen are old from now on.
        return replace(turn.session, prompts=(), turn=turn.number), tuple(turn.effects)

    def failure(self, session: Session, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
        """The safe reply when `step` failed: the emergency line, the last known level, and the menu. Answers stay."""
        turn = Turn(self.tools, session, now)
        turn.say(turn.phrase("failure"))
        levels = [flag.level for flag in session.recent.values()]
        if session.check is not None:
            levels += [flag.level for flag in session.check.flags.values()]
        if max(levels, default=Level.REASSURE) >= Level.URGENT:
            turn.say(turn.phrase("still_counts"))
        start.show_card(turn)
        return turn.finish()


class _Step:
    """One event being handled, in the order of design.md "A turn"."""

    def __init__(self, turn: Turn, event: Event) -> None:
        self.turn = turn
        self.event = event
        self.script = turn.script

    def take(self) -> None:
        turn, event = self.turn, self.event
        if isinstance(event, Typed) and self._emergency_words(event.text):
            return
        if turn.session.stage is Stage.NEW and turn.session.check is None and self._before_consent():
            return
        if isinstance(event, Command):
            self._command(event)
            return
        if isinstance(event, Typed) and self._global_word(event.text):
            return
        if isinstance(event, Pressed):
            prompt = self._prompt_of(event)
            if prompt is None:
                self._stale(event)
                return
            reconcile(turn)
            self._press(prompt, event.option)
            return
        reconcile(turn)
        if isinstance(event, Sent):
            self._repeat(turn.phrase("media"))
            return
        self._type(event.text)

    # Before anything else.

    def _emergency_words(self, text: str) -> bool:
        heard = self.turn.tools.words.hear(text[: 4 * MAX_TYPED])
        if heard is None:
            return False
        if heard.sign == emergency.REQUEST:
            start.show_card(self.turn)
            return True
        prompt = self.turn.session.prompt
        if prompt is not None and not heard.certain and self._names_an_option(prompt, text):
            return False
        emergency.hear(self.turn, heard)
        return True

    def _names_an_option(self, prompt: Prompt, text: str) -> bool:
        """Whether the text is exactly the label of a button that was just shown."""
        return meant(text, prompt.options, None) is not None

    def _before_consent(self) -> bool:
        """Before consent there is the start text, the emergency card, and nothing else."""
        turn, event = self.turn, self.event
        prompt = turn.session.prompt
        if isinstance(event, Pressed):
            shown = self._prompt_of(event)
            if shown is not None:
                return False
            start.show_start(turn)
            return True
        if (
            isinstance(event, Typed)
            and prompt is not None
            and prompt.pending in (Pending.CONSENT, Pending.CARD, Pending.WORD)
        ):
            meaning = turn.tools.replies.meaning(event.text)
            named = {"yes": "agree", "no": "disagree"} if prompt.pending is Pending.CONSENT else {}
            option = meant(event.text, prompt.options, named.get(meaning or "", meaning))
            if option is not None:
                self._press(prompt, option)
                return True
        if isinstance(event, Command) and event.name in ("emergency", "help", "about", "privacy", "delete"):
            return False
        if isinstance(event, Sent):
            turn.say(turn.phrase("media"))
        start.show_start(turn)
        return True

    # Commands.

    def _command(self, command: Command) -> None:
        turn = self.turn
        match command.name:
            case "start":
                self._start()
            case "menu" | "cancel":
                self._cancel()
            case "back":
                self._back()
            case "emergency" | "sos":
                start.show_card(turn)
            case "help" | "about" | "privacy":
                self._repeat(turn.phrase(command.name))
            case "delete":
                buttons = [
                    turn.button("delete_everything", option="delete"),
                    turn.button("keep_everything", option="keep"),
                ]
                turn.ask(Pending.DELETE, "delete", turn.phrase("delete_ask"), buttons)
            case _:
                self._repeat(turn.phrase("help"))

    def _start(self) -> None:
        turn = self.turn
        if turn.session.stage is Stage.NEW:
            start.show_start(turn)
        elif turn.session.check is not None and not turn.check.ended:
            self._offer_resume()
        else:
            start.show_menu(turn, before=turn.phrase("welcome_back"))

    def _offer_resume(self) -> None:
        turn = self.turn
        title = self.script.dialogs[turn.check.dialog].title
        buttons = [turn.button("continue"), turn.button("start_again"), turn.button("to_menu")]
        turn.ask(Pending.RESUME, "resume", turn.phrase("resume", dialog=title), buttons)

    def _cancel(self) -> None:
        turn = self.turn
        if turn.session.check is None:
            start.show_menu(turn)
            return
        level = turn.moment.level
        flow.end_check(turn, cut_short=not turn.check.ended)
        before = turn.phrase("cancelled")
        if level is not None and level >= Level.URGENT:
            before = f"{before}\n\n{turn.phrase('still_counts')}"
        start.show_menu(turn, before=before)

    def _back(self) -> None:
        if not corrections.back(self.turn):
            self._repeat(self.turn.phrase("nothing_to_go_back"))

    def _global_word(self, text: str) -> bool:
        turn = self.turn
        prompt = turn.session.prompt
        if prompt is not None and meant(text, prompt.options, None) is not None:
            return False
        meaning = turn.tools.replies.meaning(text)
        if meaning not in GLOBAL_WORDS or (prompt is not None and meaning in prompt.options):
            return False
        match meaning:
            case "back":
                self._back()
            case "help":
                self._repeat(turn.phrase("help"))
            case "start_again":
                self._restart()
            case _:
                self._cancel()
        return True

    def _restart(self) -> None:
        turn = self.turn
        if turn.session.check is None:
            start.show_menu(turn)
            return
        dialog = turn.check.dialog
        flow.end_check(turn, cut_short=not turn.check.ended)
        flow.start_check(turn, dialog, {})
        start.begin(turn)

    # Buttons.

    def _prompt_of(self, event: Pressed) -> Prompt | None:
        """The question that a button belongs to, when it is one of those shown last."""
        if event.turn != self.turn.session.turn:
            return None
        for prompt in self.turn.session.prompts:
            if prompt.question == event.question and event.option in prompt.options:
                return prompt
        return None

    def _stale(self, event: Pressed) -> None:
        """An old button is no answer; but an old dangerous one may be meant as a correction, so it is asked about."""
        turn = self.turn
        danger = self._danger_of(event)
        if danger is not None:
            buttons = [turn.button("yes", danger=True), turn.button("no")]
            text = turn.phrase("stale_danger", answer=danger)
            turn.ask(Pending.STALE_DANGER, "stale", text, buttons, about=event.question, option=event.option)
            return
        self._repeat(turn.phrase("stale_button"))

    def _danger_of(self, event: Pressed) -> str | None:
        """What an old button would say, when that by itself is URGENT or worse."""
        turn = self.turn
        if turn.session.check is None or turn.check.ended:
            return None
        checklist = flow.find_checklist(turn, event.question)
        if checklist is not None and event.option == "yes" and checklist.level is not None:
            return checklist.ask.strip().splitlines()[0]
        question = flow.find_question(turn, event.question)
        if question is None:
            return None
        option = next((one for one in question.options if one.id == event.option), None)
        if option is None:
            return None
        trial = Turn(turn.tools, turn.session, turn.now)
        before = trial.moment.level
        trial.keep_answers(event.question, dict(option.sets))
        after = trial.moment.level
        if after is not None and after >= Level.URGENT and (before is None or after > before):
            return option.text
        return None

    def _press(self, prompt: Prompt, option: str) -> None:
        turn = self.turn
        match prompt.pending:
            case Pending.POSITION:
                self._answer(prompt, option)
            case Pending.CONSENT:
                start.answer_consent(turn, option)
            case Pending.COUNTRY:
                start.answer_country(turn, option)
            case Pending.MENU:
                start.choose_from_menu(turn, option)
            case Pending.CARD:
                self._press_card(option)
            case Pending.WORD:
                self._answer_word(prompt, option)
            case Pending.EMERGENCY:
                self._press_emergency(option)
            case Pending.URGENT:
                self._press_urgent(option)
            case Pending.RESUME:
                self._press_resume(option)
            case Pending.SEEN:
                start.answer_seen(turn, option)
            case Pending.CHANGE:
                self._press_change(option)
            case Pending.DELETE:
                self._press_delete(option)
            case Pending.STALE_DANGER:
                self._press_stale_danger(prompt, option)
            case Pending.CONFIRM:
                self._press_confirm(prompt, option)
            case Pending.STEP:
                self._press_step(prompt, option)

    def _press_card(self, option: str) -> None:
        turn = self.turn
        if option == "check_danger_signs":
            emergency.danger_signs_again(turn)
        elif option == "continue" and turn.session.check is not None:
            go_on(turn)
        elif option == "to_start":
            start.show_start(turn)
        else:
            start.show_menu(turn)

    def _answer_word(self, prompt: Prompt, option: str) -> None:
        turn = self.turn
        sign, sets = str(prompt.data["sign"]), dict(prompt.data["sets"])
        if option == "yes":
            emergency.happening(turn, sign, sets)
        elif option == "before":
            emergency.danger_signs_again(turn)
        else:
            turn.say(turn.phrase("not_happening_reply"))
            self._where_we_were()

    def _where_we_were(self) -> None:
        turn = self.turn
        if turn.session.check is not None and not turn.check.ended:
            go_on(turn)
        else:
            start.show_menu(turn)

    def _press_emergency(self, option: str) -> None:
        turn = self.turn
        if option == "change_answer":
            corrections.show_choices(turn)
        elif option == "to_menu":
            self._cancel()
        else:
            emergency.answer_emergency(turn, option)

    def _press_urgent(self, option: str) -> None:
        turn = self.turn
        if option == "stop_here":
            dialog = self.script.dialogs[turn.check.dialog]
            flow.conclude(turn, saves=any(item.saves for item in dialog.plan), cut_short=True)
        elif option == "back":
            self._back()
        else:
            go_on(turn)

    def _press_resume(self, option: str) -> None:
        if option == "start_again":
            self._restart()
        elif option == "to_menu":
            self._cancel()
        else:
            go_on(self.turn)

    def _press_change(self, option: str) -> None:
        turn = self.turn
        if option == "continue":
            if turn.check.ended:
                flow.show_emergency(turn)
            else:
                go_on(turn)
            return
        corrections.ask_again(turn, int(option.removeprefix("given_")))

    def _press_delete(self, option: str) -> None:
        turn = self.turn
        if option != "delete":
            self._repeat(turn.phrase("kept"), after_prompt=False)
            return
        turn.effects.append(ForgetParent())
        turn.session = Session(turn=turn.session.turn)
        turn.say(turn.phrase("deleted"))
        start.show_start(turn)

    def _press_stale_danger(self, prompt: Prompt, option: str) -> None:
        turn = self.turn
        if option == "no" or turn.session.check is None:
            self._where_we_were()
            return
        key, old = str(prompt.data["about"]), str(prompt.data["option"])
        question, checklist = flow.find_question(turn, key), flow.find_checklist(turn, key)
        if question is not None:
            flow.answer_option(turn, question, old, bands=False)
            go_on(turn)
        elif checklist is not None:
            turn.update_check(asked_again=key)
            self._press_list(key, "yes")
        else:
            self._where_we_were()

    def _press_confirm(self, prompt: Prompt, option: str) -> None:
        turn = self.turn
        key = str(prompt.data["about"])
        question = flow.find_question(turn, key)
        value = dict(prompt.data["values"]).get(option)
        if question is None or turn.session.check is None:
            self._where_we_were()
        elif option == "back":
            self._back()
        elif value is None:
            flow.show_question(turn, question)
        else:
            told = flow.highest_reading(turn, question.id, from_json(value))
            give(turn, key, prompt.options[option], {question.id: told})
            go_on(turn)

    def _press_step(self, prompt: Prompt, option: str) -> None:
        turn = self.turn
        key, number = str(prompt.data["key"]), int(prompt.data["number"])
        if option == "something_wrong":
            emergency.danger_signs_again(turn)
            return
        if option == "stop" or (option == "next" and prompt.data["last"]):
            turn.say(turn.phrase("howto_stopped" if option == "stop" else "howto_done"))
            turn.update_check(said=turn.check.said | {key})
            go_on(turn)
            return
        step = number + 1 if option == "next" else max(number - 1, 0)
        turn.update_check(steps={**turn.check.steps, key: step})
        # The gate is looked at again at every step: its facts may have gone stale.
        go_on(turn)

    # Answers to the plan's questions.

    def _answer(self, prompt: Prompt, option: str) -> None:
        turn = self.turn
        if option == "back":
            self._back()
            return
        if prompt.data.get("kind") == "checklist":
            self._press_list(prompt.question, option)
            return
        question = flow.find_question(turn, prompt.question)
        if question is not None and flow.answer_option(turn, question, option, bands=bool(prompt.data.get("bands"))):
            go_on(turn)
            return
        self._where_we_were()

    def _press_list(self, key: str, option: str) -> None:
        turn = self.turn
        checklist = flow.find_checklist(turn, key)
        if checklist is None:
            self._where_we_were()
            return
        state = turn.check.lists.get(key, ListState())
        lines = flow.list_lines(turn, checklist)
        if option.startswith("item_"):
            self._toggle(key, option.removeprefix("item_"))
            return
        match option:
            case "yes":
                self._set_list(key, ListState(lists.WHICH, {}, state.checked, state.deferred))
                if checklist.level is not None:
                    flag = Flag(checklist.level, checklist.action, sure=True, at=turn.now)
                    turn.raise_flag(lists.floor_flag(checklist), flag)
                    self._after_floor(key)
                else:
                    flow.show_checklist(turn, checklist)
            case "none":
                self._give_list(key, "", lists.none_marked(lines))
            case "not_sure" if checklist.pick:
                self._give_list(key, self.script.button("not_sure"), lists.all_unsure(lines))
            case "not_sure":
                if checklist.simple_check is not None and not state.checked:
                    self._set_list(key, ListState(lists.MAIN, {}, True, state.deferred))
                    again = turn.phrase("check_again")
                    flow.show_checklist(turn, checklist, before=f"{turn.voice.say(checklist.simple_check)}\n\n{again}")
                else:
                    self._set_list(key, ListState(lists.UNSURE, {}, state.checked, state.deferred))
                    flow.show_checklist(turn, checklist)
            case "list_back":
                self._set_list(key, ListState(lists.MAIN, {}, state.checked, state.deferred))
                flow.show_checklist(turn, checklist)
            case _:
                self._done(key)

    def _after_floor(self, key: str) -> None:
        """The level of the list is told first; naming the sign comes after it and can only raise it further."""
        turn = self.turn
        checklist = flow.find_checklist(turn, key)
        go_on(turn)
        if checklist is None or turn.session.check is None or not turn.check.ended:
            return
        lines = checklist.items
        state = turn.check.lists[key]
        turn.ask(
            Pending.POSITION,
            key,
            turn.phrase("which_after_emergency"),
            flow.list_buttons(turn, checklist, lines, state)[:-1],
            kind="checklist",
            lines=[line.id for line in lines],
        )

    def _set_list(self, key: str, state: ListState) -> None:
        turn = self.turn
        turn.update_check(lists={**turn.check.lists, key: state})

    def _toggle(self, key: str, item: str) -> None:
        """Mark a line in place; what it tells is judged at once, so that an EMERGENCY never waits for "Done"."""
        turn = self.turn
        checklist = flow.find_checklist(turn, key)
        prompt = next(one for one in turn.session.prompts if one.question == key)
        shown = [str(one) for one in prompt.data["lines"]]
        if checklist is None:
            self._where_we_were()
            return
        lines = tuple(line for line in checklist.items if line.id in shown)
        state = turn.check.lists.get(key, ListState(lists.WHICH))
        if checklist.pick:
            state = replace(state, stage=lists.WHICH)
        state = lists.toggled(state, item)
        self._set_list(key, state)
        if state.marks.get(item) is Mark.YES and not turn.check.ended and self._would_be_emergency(lines, state):
            self._give_list(key, self._label(lines, state.marks), state.marks)
            return
        buttons = flow.list_buttons(turn, checklist, lines, state)
        if turn.check.ended:
            buttons = buttons[:-1]
        prompts = tuple(
            Prompt(one.pending, one.question, {b.option: b.text for b in buttons}, one.data)
            if one.question == key
            else one
            for one in turn.session.prompts
        )
        turn.update(prompts=prompts)
        turn.redraw(key, buttons)

    def _would_be_emergency(self, lines: tuple[Any, ...], state: ListState) -> bool:
        turn = self.turn
        ticked = {line: mark for line, mark in state.marks.items() if mark is Mark.YES}
        marked = tuple(line for line in lines if line.id in ticked)
        trial = Turn(turn.tools, turn.session, turn.now)
        if any(isinstance(value, Many) for line in marked for value in line.sets.values()):
            told = lists.picked(marked, ticked)
        else:
            told, _ = lists.answers(self.script.vocabulary, marked, ticked, self._known())
        trial.keep_answers("trial", told)
        return trial.moment.level is Level.EMERGENCY

    def _known(self) -> dict[str, Any]:
        knowledge = self.turn.moment.knowledge
        return {name: value for name in knowledge.told if (value := knowledge.answered(name)) is not None}

    def _done(self, key: str) -> None:
        turn = self.turn
        checklist = flow.find_checklist(turn, key)
        if checklist is None:
            self._where_we_were()
            return
        prompt = next((one for one in turn.session.prompts if one.question == key), None)
        shown = [str(one) for one in prompt.data["lines"]] if prompt is not None else []
        lines = tuple(line for line in checklist.items if line.id in shown)
        state = turn.check.lists.get(key, ListState())
        named = any(mark is not Mark.NONE for mark in state.marks.values())
        if not named and turn.check.ended:
            flow.show_emergency(turn)
            return
        marks = dict(state.marks)
        if not named:
            # "Yes" or "not sure" without a name: every line may be the one.
            marks = lists.all_unsure(lines)
        self._give_list(key, self._label(lines, marks), marks)

    def _label(self, lines: tuple[Any, ...], marks: Mapping[str, Mark]) -> str:
        facts = self.script.vocabulary.facts
        ticked = [line for line in lines if marks.get(line.id) is Mark.YES]
        # Private signs never stand in a read-back, which others may see (Always 10).
        return "; ".join(line.text for line in ticked if not any(facts[fact].private for fact in line.sets))

    def _give_list(self, key: str, label: str, marks: Mapping[str, Mark]) -> None:
        turn = self.turn
        checklist = flow.find_checklist(turn, key)
        if checklist is None:
            self._where_we_were()
            return
        prompt = next((one for one in turn.session.prompts if one.question == key), None)
        shown = None if prompt is None else {str(one) for one in prompt.data.get("lines", ())}
        lines = tuple(
            line
            for line in (checklist.items if turn.check.ended else flow.list_lines(turn, checklist))
            if shown is None or line.id in shown
        )
        if checklist.pick:
            told = lists.picked(lines, marks)
            deferred: tuple[str, ...] = ()
        else:
            told, deferred = lists.answers(self.script.vocabulary, lines, marks, self._known())
        state = turn.check.lists.get(key, ListState())
        self._set_list(key, ListState(lists.MAIN, {}, False, (*state.deferred, *deferred)))
        give(turn, key, label, told)
        if turn.check.ended:
            flow.settle_named(turn)
            flow.show_emergency(turn)
        else:
            go_on(turn)

    # Typing.

    def _type(self, text: str) -> None:
        turn = self.turn
        prompt = turn.session.prompt
        if prompt is None:
            start.show_menu(turn)
            return
        if len(text) > MAX_TYPED:
            self._repeat(turn.phrase("too_long"))
            return
        if turn.tools.words.speaks_of_two_children(text):
            if turn.session.check is not None:
                turn.update_check(said=turn.check.said | {flow.TWO_CHILDREN})
            self._repeat(turn.phrase("two_children"))
            return
        meaning = turn.tools.replies.meaning(text)
        question = flow.find_question(turn, prompt.question) if prompt.pending is Pending.POSITION else None
        if question is not None and question.input is not None and not prompt.data.get("bands"):
            self._type_input(prompt, text, meaning)
            return
        if prompt.pending is Pending.COUNTRY:
            option = meant(text, prompt.options, meaning)
            if option is None:
                start.type_country(turn, text)
                return
            self._press(prompt, option)
            return
        option = meant(text, prompt.options, meaning, guess=prompt.pending is Pending.MENU)
        if option is not None:
            self._press(prompt, option)
            return
        turn.update(tries=turn.session.tries + 1)
        checklist = prompt.data.get("kind") == "checklist"
        if self._paused():
            self._offer_resume()
            return
        self._repeat(turn.phrase("unclear_checklist" if checklist else "unclear_options"))

    def _paused(self) -> bool:
        session = self.turn.session
        return (
            session.check is not None
            and not session.check.ended
            and session.seen_at is not None
            and self.turn.now - session.seen_at >= PAUSE
        )

    def _type_input(self, prompt: Prompt, text: str, meaning: str | None) -> None:
        turn = self.turn
        question = flow.find_question(turn, prompt.question)
        if question is None:
            self._where_we_were()
            return
        option = meant(text, prompt.options, meaning) if not text.strip().isdecimal() else None
        if option is not None:
            self._press(prompt, option)
            return
        read = understand_typed(question, text, turn.now.date(), turn.check.odd_reading)
        match read:
            case Taken(value, label):
                value = flow.highest_reading(turn, question.id, value)
                shown = self.script.phrases.get(label, label) if label.startswith("button.") else label
                slip = flow.lowers_a_reading(turn, value) if question.id == "temperature_c" else None
                if value == NOT_SURE:
                    flow.answer_option(turn, question, "not_sure", bands=False)
                elif slip is not None and slip.exact is not None:
                    self._ask_slip(prompt, slip, value, label)
                    return
                else:
                    give(turn, prompt.question, shown, {question.id: value})
                go_on(turn)
            case Doubt():
                self._show_doubt(prompt, read)
            case Again(phrase, fields, odd):
                self._try_again(prompt, turn.phrase(phrase, **fields), odd)
            case TooOld(adult, _):
                if adult:
                    self._try_again(prompt, turn.phrase("age_adult"), None)
                else:
                    self._too_old()

    def _ask_slip(self, prompt: Prompt, before: Value, value: Value, label: str) -> None:
        """A lower reading never lowers F-01, F-03 or F-08; a slip of the finger may be mended."""
        turn = self.turn
        buttons = [turn.button("mistyped"), turn.button("new_reading")]
        first = print_value(self.script.vocabulary.facts["temperature_c"], before, turn.now.date())
        turn.ask(
            Pending.CONFIRM,
            "confirm",
            turn.phrase("temperature_slip", before=first, temperature=label),
            buttons,
            about=prompt.question,
            values={"mistyped": to_json(value), "new_reading": to_json(before)},
            doubt="temperature_slip",
        )

    def _show_doubt(self, prompt: Prompt, doubt: Doubt) -> None:
        turn = self.turn
        buttons = []
        for option, label, _ in doubt.choices:
            shown = self.script.phrases.get(label, label) if label.startswith("button.") else label
            buttons.append(Button(option, shown))
        values = {option: to_json(value) for option, _, value in doubt.choices if value is not None}
        if doubt.phrase in ("birth_date_choose", "age_unit"):
            buttons.append(turn.button("back", option="again"))
        turn.ask(
            Pending.CONFIRM,
            "confirm",
            turn.phrase(doubt.phrase, **doubt.fields),
            buttons,
            about=prompt.question,
            values=values,
            doubt=doubt.phrase,
        )

    def _try_again(self, prompt: Prompt, text: str, odd: str | None) -> None:
        turn = self.turn
        tries = turn.session.tries + 1
        turn.update(tries=tries)
        turn.update_check(odd_reading=odd or turn.check.odd_reading)
        question = flow.find_question(turn, prompt.question)
        if question is None:
            self._where_we_were()
            return
        if tries >= TRIES and question.bands:
            name = "age_bands" if question.id == "birth_date" else "bands"
            flow.show_question(turn, question, before=turn.phrase(name), bands=True)
            return
        flow.show_question(turn, question, before=text)

    def _too_old(self) -> None:
        """A child over 36 months: the danger signs were asked first; no reassurance is given."""
        turn = self.turn
        turn.say(turn.phrase("age_out_of_scope"))
        level = turn.moment.level
        if level is not None and level >= Level.ROUTINE:
            flow.conclude(turn, saves=False, cut_short=True)
        else:
            flow.end_check(turn, cut_short=True)
            start.show_menu(turn)

    # Showing the current question once more.

    def _repeat(self, before: str, *, after_prompt: bool = True) -> None:
        """Say something and show again what was asked, with fresh buttons."""
        turn = self.turn
        prompt = turn.session.prompt if after_prompt else None
        turn.say(before)
        if prompt is None or prompt.pending in (Pending.CHANGE, Pending.DELETE, Pending.STALE_DANGER):
            self._where_we_were()
            return
        match prompt.pending:
            case Pending.CONSENT:
                start.show_start(turn)
            case Pending.COUNTRY:
                start.ask_country(turn)
            case Pending.MENU:
                start.show_menu(turn)
            case Pending.CARD:
                start.show_card(turn)
            case Pending.WORD:
                data = prompt.data
                emergency.ask_word(turn, str(data["sign"]), str(data["word"]), dict(data["sets"]))
            case Pending.EMERGENCY:
                flow.show_emergency(turn)
            case Pending.SEEN:
                start.ask_seen(turn)
            case Pending.RESUME:
                self._offer_resume()
            case Pending.POSITION if turn.check.ended:
                flow.show_emergency(turn)
            case Pending.POSITION | Pending.CONFIRM:
                self._repeat_question(prompt)
            case _:
                self._where_we_were()

    def _repeat_question(self, prompt: Prompt) -> None:
        turn = self.turn
        key = str(prompt.data.get("about", prompt.question))
        question, checklist = flow.find_question(turn, key), flow.find_checklist(turn, key)
        if question is not None:
            flow.show_question(turn, question, bands=bool(prompt.data.get("bands")))
        elif checklist is not None:
            flow.show_checklist(turn, checklist)
        else:
            self._where_we_were()

"""What a parent is told about a level: first the action, then why, then what to do, then the safety net."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.facts.level import ORDER, Action, Level
from bot.facts.truth import Truth
from bot.facts.value import Number
from bot.script.conditions import View, evaluate
from bot.script.model import Checklist
from bot.script.outcomes import OutcomeText
from bot.script.script import Script
from bot.talk.moment import LIST_FLAG, PRIVATE_FLAG, WORD_FLAG, Moment, PlanView
from bot.talk.wording import DEFAULT_NAME, fill
from bot.triage.assess import Raised

MAX_REASONS = 3
MAX_ADVICE = 5
MAX_MEANWHILE = 3
NIGHT_BEGINS, NIGHT_ENDS = 21, 7


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is spoken of and which number is named."""

    script: Script
    number: str
    nickname: str | None
    now: datetime

    def say(self, text: str, **fields: str) -> str:
        """Fill a text."""
        common = {
            "baby": self.nickname or DEFAULT_NAME,
            "emergency_number": self.number,
            "time": self.now.strftime("%H:%M"),
        }
        return fill(text.strip(), {**common, **fields})

    def phrase(self, name: str, **fields: str) -> str:
        """Fill one of the engine's own texts."""
        return self.say(self.script.text(name), **fields)

    @property
    def test_version(self) -> str:
        """That no doctor has checked the advice; nothing once everything is approved."""
        return "" if self.script.approvals.complete else self.phrase("test_version")


def level_name(level: Level | None, action: Action | None, *, request: bool, raised: bool) -> str:
    """The name of the text of a level."""
    match level:
        case Level.EMERGENCY:
            return "emergency_call" if action is Action.CALL else "emergency_go"
        case Level.URGENT:
            chosen = action if action in (Action.HOSPITAL, Action.PHONE) else Action.DOCTOR
            return f"urgent_{chosen}"
        case Level.SOON:
            return "soon_phone" if action is Action.PHONE_24H else "soon"
        case Level.ROUTINE:
            return "routine"
        case _:
            return "reassure" if raised and not request else "no_danger_sign"


def gravest(raised: Mapping[str, Raised], level: Level | None) -> list[Raised]:
    """The flags of the level, the most urgent action first."""
    of_level = [one for one in raised.values() if one.level is level]
    return sorted(of_level, key=lambda one: ORDER.index(one.action) if one.action in ORDER else len(ORDER))


def main_text(moment: Moment, voice: Voice, raised: Mapping[str, Raised], *, request: bool) -> str:
    """The message of the level reached: the action, and why."""
    level = max((one.level for one in raised.values()), default=None)
    chosen = gravest(raised, level)
    own = _instead(moment.script, {one.rule for one in chosen})
    if own is not None:
        return voice.say(own.text, reasons=_reasons(moment, voice, chosen[:1]))
    action = chosen[0].action if chosen else None
    name = level_name(level, action, request=request, raised=bool(raised))
    most = 1 if level is Level.EMERGENCY else MAX_REASONS
    text = moment.script.outcomes.levels[name].text
    return voice.say(text, reasons=_reasons(moment, voice, chosen[:most]))


def meanwhile_text(moment: Moment, voice: Voice, raised: Mapping[str, Raised]) -> str | None:
    """What to do until help comes, for the rules that are raised."""
    found = _for_rules(moment.script.outcomes.meanwhile, raised, PlanView(moment))
    return "\n\n".join(voice.say(one.text, reasons="") for one in found[:MAX_MEANWHILE]) or None


def advice_text(moment: Moment, voice: Voice, raised: Mapping[str, Raised], level: Level | None) -> str | None:
    """What helps, for the rules that are raised; said with SOON and below at night that it can wait."""
    found = _for_rules(moment.script.outcomes.advice, raised, PlanView(moment))
    parts = [voice.say(one.text, reasons="") for one in found[:MAX_ADVICE]]
    if _born_early(moment):
        parts.append(voice.phrase("born_early"))
    night = voice.now.hour >= NIGHT_BEGINS or voice.now.hour < NIGHT_ENDS
    if night and level in (Level.SOON, Level.ROUTINE):
        parts.append(voice.phrase("at_night"))
    return "\n\n".join(parts) or None


def safety_net_text(moment: Moment, voice: Voice) -> str:
    """When to get help straight away: only the lines for this age; and that this is a test version."""
    view = PlanView(moment)
    lines = [
        voice.say(one.text, reasons="")
        for one in moment.script.outcomes.safety_net
        if evaluate(one.when, view) is not Truth.FALSE
    ]
    parts = [voice.phrase("safety_net_title"), *lines, "", voice.phrase("safety_net_end")]
    if voice.test_version:
        parts += ["", voice.test_version]
    return "\n".join(parts)


def public_reasons(moment: Moment, raised: Mapping[str, Raised]) -> tuple[str, ...]:
    """The rules that may be named in the diary: private ones never are (Always 10).

    A rule that was taken out of the script since is named too: that a level had a reason has to stay visible.
    """
    known = (rule for rule in raised if not rule.startswith((LIST_FLAG, WORD_FLAG)) and rule != PRIVATE_FLAG)
    return tuple(rule for rule in known if not _is_private(moment, rule))


def _is_private(moment: Moment, rule: str) -> bool:
    """Whether a flag is private by its rule as it is now, or was when it was raised."""
    flag = moment.flags.get(rule) or moment.carried.get(rule)
    book = moment.script.book.rules
    return (flag is not None and flag.private) or (rule in book and book[rule].private)


def _reasons(moment: Moment, voice: Voice, chosen: Sequence[Raised]) -> str:
    lines: list[str] = []
    for one in chosen:
        name = f"reason{'' if one.sure else '_open'}_{'more' if lines else 'first'}"
        because = _because(moment, voice, one)
        if because is not None:
            line = voice.phrase(name, because=because)
        else:
            line = voice.phrase("reason_gone" if _is_gone(moment, one.rule) else "reason_private")
        if line not in lines:
            lines.append(line)
    return "\n".join(lines)


def _because(moment: Moment, voice: Voice, one: Raised) -> str | None:
    book = moment.script.book.rules
    if _is_private(moment, one.rule):
        return None
    if one.rule in book:
        return voice.say(book[one.rule].because, temperature_c=_temperature(moment))
    checklist = _checklist(moment, one.rule)
    because = None if checklist is None else checklist.because
    return None if because is None else voice.say(because)


def _checklist(moment: Moment, rule: str) -> Checklist | None:
    """The checklist behind a flag of a whole list, if the script still has it."""
    dialog, _, name = rule.removeprefix(LIST_FLAG).partition(".")
    found = moment.script.dialogs.get(dialog)
    return found.checklists.get(name) if found is not None and rule.startswith(LIST_FLAG) else None


def _is_gone(moment: Moment, rule: str) -> bool:
    """Whether the rule or checklist behind a flag that is not private was taken out of the script."""
    if rule.startswith(WORD_FLAG) or rule == PRIVATE_FLAG or _is_private(moment, rule):
        return False
    return rule not in moment.script.book.rules and _checklist(moment, rule) is None


def _temperature(moment: Moment) -> str:
    told = moment.knowledge.told.get("temperature_c")
    if told is not None and isinstance(told.value, Number) and told.value.exact is not None:
        return str(told.value.exact)
    return ""


def _instead(script: Script, rules: set[str]) -> OutcomeText | None:
    for text in script.outcomes.instead:
        if text.rules & rules:
            return text
    return None


def _for_rules(texts: Iterable[OutcomeText], raised: Mapping[str, Raised], view: View) -> list[OutcomeText]:
    return [
        text
        for text in texts
        if (not text.rules or text.rules & raised.keys()) and evaluate(text.when, view) is Truth.TRUE
    ]


def _born_early(moment: Moment) -> bool:
    """Weeks at birth not sure: the text says to tell the doctor about an early birth (source: rules.md, "Not sure")."""
    answered = moment.knowledge.answered("gestation_weeks")
    return answered is not None and not isinstance(answered, Number)

"""The engine's own words: buttons, retries, help. Moderators write them in `content/phrases.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from bot.script.document import Mapped, Node, Scalar
from bot.script.problems import Problems

BABY = "baby"
NUMBER = "emergency_number"

BUTTONS: tuple[str, ...] = (
    "yes",
    "no",
    "not_sure",
    "back",
    "none_of_these",
    "yes_one_of_these",
    "done",
    "continue",
    "stop_here",
    "next",
    "stop",
    "something_wrong",
    "skip",
    "start_again",
    "calling",
    "cannot_reach",
    "not_happening",
    "happening",
    "happened_before",
    "agree",
    "disagree",
    "emergency",
    "check_danger_signs",
    "to_menu",
    "change_answer",
    "at_my_limit",
    "days",
    "weeks",
    "months",
    "delete_everything",
    "keep_everything",
)
"""Labels of buttons that the engine adds; at most 40 characters each."""

TEXTS: Mapping[str, frozenset[str]] = {
    # Onboarding
    "start": frozenset({NUMBER, BABY}),
    "welcome_back": frozenset({BABY}),
    "declined": frozenset({NUMBER}),
    "ask_country": frozenset(),
    "country_found": frozenset({NUMBER, "country"}),
    "country_unknown": frozenset({NUMBER}),
    "country_unclear": frozenset(),
    "country_suggestions": frozenset({"countries"}),
    # Emergency card and words
    "card": frozenset({NUMBER, BABY}),
    "word_heard": frozenset({NUMBER, "word", BABY}),
    "word_heard_private": frozenset({NUMBER, BABY}),
    "not_happening_reply": frozenset({NUMBER}),
    "calling_reply": frozenset({BABY}),
    "cannot_reach_reply": frozenset({BABY}),
    # Checklists and questions
    "which": frozenset(),
    "which_not_sure": frozenset(),
    "which_after_emergency": frozenset(),
    "mark_yes": frozenset(),
    "mark_not_sure": frozenset(),
    "check_again": frozenset(),
    "urgent_more": frozenset({BABY}),
    "summary_title": frozenset(),
    "not_sure_answer": frozenset(),
    "progress": frozenset({"number", "total"}),
    # Typed answers that were not understood
    "unclear_options": frozenset(),
    "unclear_checklist": frozenset(),
    "unclear_number": frozenset(),
    "unclear_temperature": frozenset(),
    "unclear_birth_date": frozenset(),
    "birth_date_future": frozenset({"date"}),
    "birth_date_impossible": frozenset(),
    "birth_date_choose": frozenset(),
    "birth_date_confirm": frozenset({"date"}),
    "age_unit": frozenset({"number"}),
    "age_at_limit": frozenset({"age"}),
    "age_out_of_scope": frozenset({BABY}),
    "age_adult": frozenset(),
    "age_bands": frozenset(),
    "bands": frozenset(),
    "temperature_point": frozenset({"temperature"}),
    "temperature_fahrenheit": frozenset({"temperature", "fahrenheit"}),
    "temperature_measure_again": frozenset({"temperature"}),
    "temperature_not_a_body": frozenset(),
    "number_too_large": frozenset(),
    "media": frozenset(),
    "too_long": frozenset(),
    "two_children": frozenset(),
    # Moving about
    "help": frozenset({NUMBER}),
    "about": frozenset({NUMBER}),
    "privacy": frozenset(),
    "cancelled": frozenset(),
    "nothing_to_cancel": frozenset(),
    "nothing_to_go_back": frozenset(),
    "stale_button": frozenset(),
    "stale_danger": frozenset({"answer", NUMBER}),
    "resume": frozenset({"dialog"}),
    "questions_changed": frozenset(),
    "still_counts": frozenset(),
    "seen_ask": frozenset({BABY, "level"}),
    "seen_yes": frozenset({BABY}),
    "seen_no": frozenset({BABY, NUMBER}),
    "change_which": frozenset(),
    "delete_ask": frozenset(),
    "deleted": frozenset(),
    "kept": frozenset(),
    "failure": frozenset({NUMBER, BABY}),
    # Outcomes and how-tos
    "reason_first": frozenset({"because"}),
    "reason_more": frozenset({"because"}),
    "reason_private": frozenset(),
    "reason_not_asked": frozenset(),
    "advice_time": frozenset({"time"}),
    "safety_net_title": frozenset({BABY}),
    "safety_net_end": frozenset({NUMBER, "time"}),
    "test_version": frozenset(),
    "at_night": frozenset(),
    "born_early": frozenset({BABY}),
    "saved": frozenset(),
    "gate_closed": frozenset({"title", "reasons"}),
    "step": frozenset({"number", "total"}),
    "howto_done": frozenset({BABY}),
    "howto_stopped": frozenset({BABY}),
}
"""Every text that the engine says by itself, with the placeholders that it may use."""

MAX_LABEL = 40


def load_phrases(node: Node, problems: Problems) -> Mapping[str, str]:
    """Read all phrases; every one of them is compulsory."""
    entries = node.entries if isinstance(node, Mapped) else {}
    sections = [entries.get("buttons"), entries.get("texts")]
    found: dict[str, str] = {}
    for section, known in zip(sections, (BUTTONS, tuple(TEXTS)), strict=True):
        if not isinstance(section, Mapped):
            problems.add(node.place, "'buttons' or 'texts' is missing.", "The file has these two parts.")
            continue
        for name, value in section.entries.items():
            if name not in known:
                problems.unknown(section.keys[name], "phrase", name, known)
            elif not isinstance(value, Scalar) or not value.text.strip():
                problems.add(section.keys[name], f"'{name}' is empty.", "Write the text after the colon.")
            else:
                found[_key(name, section is sections[0])] = value.text.strip()
                if section is sections[0] and len(value.text) > MAX_LABEL:
                    problems.add(
                        value.place,
                        f"the button '{name}' has {len(value.text)} characters; {MAX_LABEL} is the limit.",
                        "Shorten it.",
                    )
        for name in known:
            if name not in section.entries:
                problems.add(section.place, f"the phrase '{name}' is missing.", f"Add '{name}: ...'.")
    return found


def _key(name: str, button: bool) -> str:  # noqa: FBT001
    return f"button.{name}" if button else f"text.{name}"

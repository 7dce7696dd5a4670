"""The engine's own words: buttons, retries, help. Moderators write them in `content/phrases.yaml`."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.script.document import Mapped, Node, Scalar
from bot.script.problems import Problems
from bot.script.shaped import section

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
    "days",
    "weeks",
    "months",
    "delete_everything",
    "keep_everything",
    "mistyped",
    "new_reading",
    "newer",
    "older",
    "change_entry",
    "delete_entry",
    "keep_entry",
    "to_list",
    "that_is_right",
    "next_page",
    "none_found",
    "summary",
    "my_questions",
    "delete_question",
    "ask_what",
    "ask_tests",
    "ask_vitamin_d",
    "ask_at_home",
    "ask_come_back",
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
    "reached_ask": frozenset({BABY, NUMBER}),
    # Checklists and questions
    "progress": frozenset({"number", "total"}),
    "answered": frozenset({"answer"}),
    "covered": frozenset(),
    "which": frozenset(),
    "which_not_sure": frozenset(),
    "which_after_emergency": frozenset(),
    "mark_yes": frozenset(),
    "mark_not_sure": frozenset(),
    "check_again": frozenset(),
    "urgent_more": frozenset({BABY}),
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
    "temperature_slip": frozenset({"before", "temperature"}),
    "number_too_large": frozenset(),
    "media": frozenset(),
    "forwarded": frozenset(),
    "edited": frozenset(),
    "group": frozenset(),
    "too_long": frozenset(),
    "two_children": frozenset(),
    # Moving about
    "help": frozenset({NUMBER}),
    "about": frozenset({NUMBER}),
    "privacy": frozenset(),
    "cancelled": frozenset(),
    "nothing_to_go_back": frozenset(),
    "stale_button": frozenset(),
    "stale_danger": frozenset({"answer", NUMBER}),
    "resume": frozenset({"dialog"}),
    "questions_changed": frozenset(),
    "last_time": frozenset({"answer"}),
    "review": frozenset({"answers"}),
    "review_not_shown": frozenset(),
    "no_longer_here": frozenset(),
    "still_counts": frozenset(),
    "seen_level_emergency": frozenset(),
    "seen_level_urgent": frozenset(),
    "seen_ask": frozenset({BABY, "when", "level"}),
    "seen_yes": frozenset({BABY}),
    "check_from_start": frozenset(),
    "seen_no": frozenset({BABY, NUMBER}),
    "change_which": frozenset(),
    "delete_ask": frozenset(),
    "deleted": frozenset(),
    "kept": frozenset(),
    "failure": frozenset({NUMBER, BABY}),
    "export_sent": frozenset(),
    "history_title": frozenset({"first", "last", "total"}),
    "history_empty": frozenset(),
    "history_entry": frozenset({"when", "level"}),
    "history_then": frozenset({BABY}),
    "history_level_soon": frozenset(),
    "history_level_routine": frozenset(),
    "history_level_reassure": frozenset(),
    "history_level_none": frozenset(),
    "entry_when": frozenset({"when"}),
    "entry_which_day": frozenset(),
    "entry_changed": frozenset(),
    "entry_graver": frozenset({NUMBER}),
    "entry_delete_ask": frozenset({"when"}),
    "entry_deleted": frozenset(),
    "diary_days": frozenset({"days"}),
    "diary_more_often": frozenset({"now", "before"}),
    # The library, and texts typed at the menu
    "page": frozenset({"number", "total"}),
    "article_end": frozenset({"sources", "by", "on", BABY}),
    "article_from_parents_pages": frozenset(),
    "article_from_general": frozenset(),
    "article_gone": frozenset(),
    "found": frozenset(),
    "found_and_danger": frozenset({NUMBER, BABY}),
    "found_below": frozenset(),
    "found_offer": frozenset({NUMBER, BABY}),
    "found_nothing": frozenset({NUMBER, BABY}),
    # The summary for the doctor
    "standing_advice": frozenset({"when", "level"}),
    "today_at": frozenset({"time"}),
    "yesterday_at": frozenset({"time"}),
    "summary_not_kept": frozenset(),
    "summary_empty": frozenset(),
    "summary_then": frozenset({BABY}),
    "summary_file": frozenset(),
    "questions_title": frozenset(),
    "questions_ask": frozenset({"most"}),
    "questions_full": frozenset({"most"}),
    "question_kept": frozenset(),
    "question_long": frozenset({"most"}),
    "question_which": frozenset(),
    "question_deleted": frozenset(),
    "note_baby": frozenset(),
    "note_title": frozenset({"date"}),
    "note_about": frozenset(),
    "note_age": frozenset({"age"}),
    "note_not_known": frozenset(),
    "note_corrected": frozenset({"weeks", "age"}),
    "note_weeks_not_known": frozenset(),
    "note_first": frozenset({"when", "what"}),
    "note_questions": frozenset(),
    "note_told": frozenset(),
    "note_check": frozenset({"when", "about"}),
    "note_not_seen": frozenset(),
    "note_temperatures": frozenset(),
    "note_often": frozenset({"counts", "total"}),
    "note_diary": frozenset(),
    "note_older": frozenset({"number"}),
    "note_no_details": frozenset(),
    "note_film": frozenset(),
    # A part that is closed
    "closed": frozenset({NUMBER}),
    "closed_end": frozenset({BABY, NUMBER}),
    # What Telegram shows around the chat
    "command_emergency": frozenset(),
    "command_start": frozenset(),
    "command_back": frozenset(),
    "command_cancel": frozenset(),
    "command_help": frozenset(),
    "command_read": frozenset(),
    "command_history": frozenset(),
    "command_summary": frozenset(),
    "command_privacy": frozenset(),
    "command_export": frozenset(),
    "command_delete": frozenset(),
    "command_about": frozenset(),
    "bot_description": frozenset(),
    "bot_short_description": frozenset(),
    # Outcomes and how-tos
    "reason_first": frozenset({"because"}),
    "reason_more": frozenset({"because"}),
    "reason_open_first": frozenset({"because"}),
    "reason_open_more": frozenset({"because"}),
    "reason_private": frozenset(),
    "reason_gone": frozenset(),
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

OF_A_COMMAND = "command_"

COMMANDS = tuple(name.removeprefix(OF_A_COMMAND) for name in TEXTS if name.startswith(OF_A_COMMAND))
"""The commands that the menu beside the field for typing offers, in its order."""

MAX_LABEL = 40

MAX_COMMAND = 60
"""Characters of the line for a command: a phone shows one line. Telegram would take 256."""

MAX_DESCRIPTION = 512
MAX_SHORT_DESCRIPTION = 120
"""What Telegram takes: before the first message, and on the page of the bot."""


def load_phrases(node: Node, problems: Problems) -> Mapping[str, str]:
    """Read all phrases; every one of them is compulsory."""
    found: dict[str, str] = {}
    for kind, name, known in (("button", "buttons", BUTTONS), ("text", "texts", tuple(TEXTS))):
        part = section(node, name, problems, "Put it back.", besides=("buttons", "texts", "sources", "approved"))
        if part is not None:
            found |= {f"{kind}.{key}": text for key, text in _read(part, known, problems).items()}
    return found


def _read(part: Mapped, known: Collection[str], problems: Problems) -> dict[str, str]:
    found: dict[str, str] = {}
    strange = [name for name in part.entries if name not in known]
    for name in strange:
        problems.unknown(part.keys[name], "phrase", name, known)
    for name in known:
        value = part.entries.get(name)
        if isinstance(value, Scalar) and value.text.strip():
            found[name] = value.text.strip()
        elif value is not None:
            problems.add(part.keys[name], f"'{name}' is empty.", "Write the text after the colon.")
        elif not strange:
            # A misspelt name is told above, and not once more as a missing one.
            problems.add(part.place, f"the phrase '{name}' is missing.", f"Add '{name}: ...'.")
    return found

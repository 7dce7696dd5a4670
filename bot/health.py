"""Whether a bot is well, as another process sees it. Containers ask twice a minute: nothing slow is imported here."""

from __future__ import annotations

from bot.channels.telegram.ask_status import ask_status
from bot.settings import Settings
from bot.store.key import load_key
from bot.store.query import run_query


def check_health(settings: Settings) -> str:
    """Ask the running bot how it is, or else look into the database; raises SteadyError where something is wrong."""
    if settings.status_listen is not None:
        return ask_status(settings.status_listen)
    run_query(settings.database, load_key(settings.key_file), "SELECT count(*) FROM parents")
    return "ok"

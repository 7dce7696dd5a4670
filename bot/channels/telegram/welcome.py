"""What an operator reads at the start."""

from __future__ import annotations

from dataclasses import dataclass

from bot.script.script import Script
from bot.settings import TELEGRAM_API, Settings
from bot.store.rows import Publication


@dataclass(frozen=True, slots=True)
class Talked:
    """The version that is talked from; `differs` says that the folder of the authors holds something else."""

    script: Script
    publication: Publication
    differs: bool


def welcome(settings: Settings, talked: Talked, *, name: str, version: str, alerts: bool) -> list[str]:
    """Who we are, where things are, and what is not set; never the token, never anything about a parent.

    `alerts`: the alert chat, if there is one, can be written to.
    """
    if settings.webhook_url is None:
        way = "by polling"
    else:
        host, port = settings.webhook_listen
        way = f"by webhook {settings.webhook_url}, listening on {host}:{port}"
    script, published = talked.script, talked.publication
    lines = [
        f"Steady {version} runs as @{name}, {way}.",
        f"Script:  {script.hash[:12]}, {len(script.dialogs)} dialogs, {len(script.book.rules)} rules; "
        f"{_approved(script)}.",
        f"         Published {published.at:%Y-%m-%d %H:%M} UTC by {published.by}.",
    ]
    if talked.differs:
        folder = "with this program" if settings.scripts is None else f"in {settings.scripts}"
        lines.append(
            f"         The dialogs {folder} are others: parents do not see them. "
            "See what differs with `steady diff`, bring them to parents with `steady publish`."
        )
    lines += [
        f"Data:    {settings.database}, encrypted with {settings.key_file}. Back up both, apart.",
    ]
    if settings.telegram_api != TELEGRAM_API:
        lines.append(f"Server:  {settings.telegram_api}")
    if settings.status_listen is None:
        lines.append("Status:  nowhere. STEADY_STATUS_LISTEN=127.0.0.1:8081 would show health and metrics.")
    else:
        host, port = settings.status_listen
        lines.append(f"Status:  http://{host}:{port}/health and http://{host}:{port}/metrics")
    if settings.alert_chat is None:
        lines.append("Alerts:  nobody is told of emergencies: STEADY_ALERT_CHAT is not set.")
    elif not alerts:
        lines.append("Alerts:  CANNOT be sent: the bot is not in the chat of STEADY_ALERT_CHAT. Add it there.")
    else:
        lines.append("Alerts:  go to the chat of STEADY_ALERT_CHAT.")
    return lines


def _approved(script: Script) -> str:
    if script.approvals.complete:
        return "everything that has to be approved is"
    return "a test version that no doctor has checked"

"""Why the bot cannot go on."""

from __future__ import annotations

from bot.errors import SteadyError


class TokenError(SteadyError):
    """Telegram does not know the token."""

    # EX_CONFIG, as for any other setting: it will never start like this.
    exit_status = 78

    def __init__(self) -> None:
        super().__init__(
            "Telegram does not take this token: it was revoked, or the Bot API server is another one.",
            where="STEADY_TELEGRAM_TOKEN",
            cure="Get the present token from BotFather; STEADY_TELEGRAM_API names the server.",
        )


class ConflictError(SteadyError):
    """Somebody else takes the updates of this bot."""

    # EX_TEMPFAIL: a supervisor may try again.
    exit_status = 75


class ListenError(SteadyError):
    """An address on which nothing can be listened to."""

    exit_status = 78


class WebhookError(SteadyError):
    """Telegram does not take the address of the webhook."""

    exit_status = 78


class CrashError(SteadyError):
    """A mistake of our own; what it says may quote a parent, so that only the log tells where it is."""

    def __init__(self) -> None:
        super().__init__(
            "the bot stopped because of a mistake in this program; nothing that was confirmed is lost.",
            cure="Start it again, and send the line with run_failed in its log to the developers.",
        )

"""Asking a running bot how it is, from another process on the same machine."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException

from bot.errors import SteadyError
from bot.settings import Address

TIMEOUT_S = 8.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (to ask where it listens, not to listen)


class UnwellError(SteadyError):
    """The bot does not run, or does not work."""


def ask_status(address: Address) -> str:
    """One line about a bot that is well; raises UnwellError otherwise."""
    where = f"{address.host}:{address.port}"
    connection = HTTPConnection(_EVERYWHERE.get(address.host, address.host), address.port, timeout=TIMEOUT_S)
    try:
        connection.request("GET", "/health")
        answer = connection.getresponse()
        told = json.loads(answer.read())
    except (OSError, HTTPException, ValueError):
        raise UnwellError("no bot answers here.", where=where, cure="Look into its log; start it again.") from None
    finally:
        connection.close()
    if answer.status != 200:
        raise UnwellError(f"the bot is not well: {told.get('why')}.", where=where, cure="Look into its log.")
    return f"ok, Telegram {told['telegram']}, {told['waiting']} messages waiting"

"""Starting an HTTP server, with one clear line where that cannot be done."""

from __future__ import annotations

from aiohttp import web

from bot.channels.telegram.errors import ListenError
from bot.settings import Address


async def serve(app: web.Application, address: Address, setting: str) -> web.AppRunner:
    """Listen; `setting` is the one to change if that fails."""
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, address.host, address.port).start()
    except OSError as error:
        await runner.cleanup()
        raise ListenError(
            f"nothing can listen on {address.host}:{address.port}: {error.strerror}.",
            where=setting,
            cure="Name another address, or stop what listens there.",
        ) from None
    return runner

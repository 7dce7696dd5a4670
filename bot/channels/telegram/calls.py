"""The calls by which one delivery is made; a message that Telegram refuses is tried in ever plainer forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import structlog
from telegram import Bot, InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.channels.telegram.refusals import Refusal, meaning, nobody_there
from bot.channels.telegram.render import Rendered, as_ask, redrawn, redrawn_text, render, settled
from bot.channels.telegram.words import Words
from bot.service.delivery import Delivery
from bot.service.screen import Pin, Settle, Unpin
from bot.talk.effects import Ask, Document, Escalate, Redraw, Say

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Note = Callable[[Delivery, str], None]
"""Called with what was refused and why, in words of ours."""

Another = Callable[[], None]
"""Called before every further call of one delivery, since each counts; raises where it must wait."""


@dataclass(slots=True)
class _Progress:
    """How far a delivery has come: the form that Telegram has not refused, and the parts that it has taken."""

    form: int = 0
    taken: list[str] = field(default_factory=list)


class Calls:
    """Makes the calls; remembers how far each delivery has come, should the rest have to wait."""

    def __init__(self, bot: Bot, words: Words, note: Note) -> None:
        self._bot = bot
        self.words = words
        self._note = note
        self._progress: dict[int, _Progress] = {}

    async def make(self, one: Delivery, another: Another) -> str | None:
        """Deliver; the id of the message that carries the buttons, where one was sent.

        Raises TelegramError where it is to be tried again or nobody is there, and whatever `another` raises; the next
        call goes on where this one ended.
        """
        progress = self._progress.setdefault(one.id, _Progress())
        match one.what:
            case Settle():
                await self._settle(one, one.what, progress, another)
            case Redraw():
                await self._redraw(one, one.what, progress, another)
            case Document():
                return await self._send_file(one, one.what, progress, another)
            case Pin() | Unpin():
                await self._pin(one)
            case message:
                return await self._send(one, self._forms(message), progress, another)
        return None

    def forget(self, one: Delivery) -> None:
        """The delivery is over."""
        self._progress.pop(one.id, None)

    def _forms(self, message: Say | Ask | Escalate) -> list[Rendered]:
        """What to try in turn; the last is so plain that nothing can be wrong with it."""
        last = Rendered((self.words.last,), None, is_html=False)
        try:
            return [*render(message, self.words), last]
        except Exception as error:  # noqa: BLE001 (a parent must get an answer whatever is wrong with a message)
            structlog.get_logger().error("message_not_rendered", kind=type(message).__name__, exc_info=error)
            return [last]

    async def _send(
        self, one: Delivery, forms: Sequence[Rendered], progress: _Progress, another: Another
    ) -> str | None:
        while progress.form < len(forms):
            try:
                return await self._send_parts(one, forms[progress.form], progress, another)
            except BadRequest as error:
                if nobody_there(error):
                    raise
                self._note(one, meaning(error).value)
                progress.form += 1
                progress.taken.clear()
            if progress.form < len(forms):
                another()
        return None

    async def _send_parts(self, one: Delivery, form: Rendered, progress: _Progress, another: Another) -> str | None:
        first = len(progress.taken)
        for number, part in enumerate(form.parts[first:], first):
            if number > first:
                another()
            sent = await self._bot.send_message(
                _chat(one),
                part,
                parse_mode=ParseMode.HTML if form.is_html else None,
                reply_markup=form.buttons if number == len(form.parts) - 1 else None,
                link_preview_options=NO_PREVIEW,
            )
            progress.taken.append(str(sent.message_id))
        return progress.taken[-1]

    async def _settle(self, one: Delivery, what: Settle, progress: _Progress, another: Another) -> None:
        text = settled(what, self.words) if progress.form == 0 else None
        if text is not None:
            try:
                await self._bot.edit_message_text(
                    text,
                    chat_id=_chat(one),
                    message_id=int(what.message_id),
                    parse_mode=ParseMode.HTML,
                    link_preview_options=NO_PREVIEW,
                )
                return
            except BadRequest as error:
                if not self._goes_on(one, error):
                    return
                progress.form = 1
                another()
        await self._edit_buttons(one, None)

    async def _redraw(self, one: Delivery, what: Redraw, progress: _Progress, another: Another) -> None:
        buttons = redrawn(what, self.words)
        text = None if what.text is None or progress.form else redrawn_text(what, self.words)
        if text is None:
            await self._edit_buttons(one, buttons)
            return
        try:
            await self._bot.edit_message_text(
                text,
                chat_id=_chat(one),
                message_id=int(one.message_id or 0),
                parse_mode=ParseMode.HTML,
                reply_markup=buttons,
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:
            if self._goes_on(one, error):
                # The text could not be changed: it is sent anew, with its buttons.
                progress.form = 1
                another()
                await self._send(one, self._forms(as_ask(what)), _Progress(), another)

    async def _send_file(self, one: Delivery, what: Document, progress: _Progress, another: Another) -> str | None:
        if progress.form == 0:
            try:
                sent = await self._bot.send_document(
                    _chat(one), InputFile(what.text.encode(), filename=what.name), disable_content_type_detection=True
                )
                return str(sent.message_id)
            except BadRequest as error:
                if nobody_there(error):
                    raise
                self._note(one, meaning(error).value)
                progress.form = 1
                another()
        return await self._send(one, [Rendered((self.words.last,), None, is_html=False)], _Progress(), another)

    async def _edit_buttons(self, one: Delivery, buttons: InlineKeyboardMarkup | None) -> None:
        try:
            await self._bot.edit_message_reply_markup(
                chat_id=_chat(one), message_id=int(one.message_id or 0), reply_markup=buttons
            )
        except BadRequest as error:
            self._goes_on(one, error)

    async def _pin(self, one: Delivery) -> None:
        chat, message = _chat(one), int(one.message_id or 0)
        try:
            if isinstance(one.what, Pin):
                await self._bot.pin_chat_message(chat, message, disable_notification=True)
            else:
                await self._bot.unpin_chat_message(chat, message)
        except BadRequest as error:
            self._goes_on(one, error)

    def _goes_on(self, one: Delivery, error: BadRequest) -> bool:
        """Whether a simpler change may still be tried; a message that is gone or as it should be needs none."""
        if nobody_there(error):
            raise error
        what = meaning(error)
        if what not in (Refusal.UNCHANGED, Refusal.NO_SUCH_MESSAGE):
            self._note(one, what.value)
            return True
        return False


def _chat(one: Delivery) -> int | str:
    """The chat: a number, or the name of a channel for alerts."""
    return int(one.address) if one.address.lstrip("-").isdecimal() else one.address

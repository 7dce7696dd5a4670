"""What is left of a session that cannot be taken over to the present script: its flags, and answers that are plain."""

from __future__ import annotations

from dataclasses import replace

from bot.script.script import Script
from bot.talk.check import DANGER_DIALOG
from bot.talk.session import Session


def rescued(session: Session, script: Script) -> Session:
    """The session for the next turn (R18): flags stay, answers whose fact is defined as it was stay, places go.

    A check goes on with the danger signs, and ends with nothing reassuring before the answers were read back.
    """
    told = {fact: one for fact, one in session.told.items() if _defined_alike(session, script, fact)}
    check = session.check
    if check is not None:
        check = replace(
            check,
            dialog=DANGER_DIALOG,
            given=(),
            lists={},
            steps={},
            asked_again=None,
            replaced={},
            hints={},
            unreviewed=True,
        )
    meanings = {fact: source for fact, source in session.meanings.items() if fact in told}
    return replace(
        session,
        told=told,
        meanings=meanings,
        check=check,
        prompts=(),
        script=script.hash,
        structure=script.structure,
    )


def _defined_alike(session: Session, script: Script, fact: str) -> bool:
    # Nothing about this session is taken for granted: something in it has just failed.
    definition = str(session.meanings.get(fact)).rpartition("|")[2]
    return fact in script.vocabulary.facts and script.meanings.get(fact) == definition

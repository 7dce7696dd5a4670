"""The shipped scripts are proved, and docs/proof.md shows their certificate."""

from __future__ import annotations

import re
from pathlib import Path

from proof_helpers import folder, places

from bot.authoring.proof.prove import prove
from bot.script.load import load_script

DOC = Path(__file__).resolve().parents[2] / "docs" / "proof.md"


def without_numbers(text: str) -> str:
    """A certificate but for its counts, hashes and seconds, which every edit of a text changes."""
    text = re.sub(r"Script \w+, sealed table \w+ \(sealed by [^)]*\)", "Script #, sealed table #", text)
    return re.sub(r"\d+(\.\d+)*(?:\.dev\d+)?", "#", text)


def test_the_shipped_scripts_are_proved_as_the_page_says() -> None:
    certificate = prove(load_script(folder()), places().content)
    assert certificate.clean, certificate.text()
    told = re.search(r"```\n(Proved .*?)\n```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    assert told is not None
    assert without_numbers(told[1]) == without_numbers(certificate.text())

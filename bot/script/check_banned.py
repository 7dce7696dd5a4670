"""Texts that promise what a chat cannot know, blame, name a medicine, or give a dose (content/withheld.yaml)."""

from __future__ import annotations

from collections.abc import Mapping

from bot.script.check_texts import every_text
from bot.script.document import Node, find
from bot.script.problems import Problems
from bot.script.script import Script

LANGUAGE = "en"
"""The language of the texts that stand in the script itself; the others stand in catalogues."""


def check_banned(script: Script, nodes: Mapping[str, Node], problems: Problems) -> None:
    """Note every text for parents that says a banned phrase."""
    watch = script.withheld.watch(LANGUAGE)
    for file, path, text in every_text(script):
        for said, banned in watch.find(text) if file in nodes else ():
            problems.add(find(nodes[file], path), f"a text for parents says '{said}'.", banned.because)

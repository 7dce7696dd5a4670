"""A counter-example as a test: the file can be read, and fails until the fault is mended."""

from __future__ import annotations

from proof_helpers import folder, found, planted

from bot.authoring.conversations import run
from bot.authoring.proof.finding import Property
from bot.authoring.proof.witness import as_test
from bot.authoring.read_conversations import read_conversations
from bot.script.load import load_script
from bot.talk.engine import Engine


def test_a_counter_example_is_a_chat_that_fails_with_the_fault_and_passes_without_it() -> None:
    wrong = planted("dialogs/rest_of_check.yaml", "  - do: worry\n  - do: temperature\n", "  - do: worry\n")
    text = as_test(wrong, found(wrong, Property.COMPLETE)[0])
    for script, faulty in ((wrong, True), (load_script(folder()), False)):
        [conversation] = read_conversations(text, "tests/conversations/found.yaml", script)
        assert bool(run(Engine(script), conversation).faults) is faulty, text

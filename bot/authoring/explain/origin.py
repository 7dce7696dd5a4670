"""Where something comes from, in lines: its sources with titles and addresses, and who signed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.authoring.documents.spans import spans
from bot.authoring.explain.edition import Edition
from bot.script.approval import Signable
from bot.script.citations import document_place


def source_lines(edition: Edition, sources: Sequence[str]) -> Iterator[str]:
    """Each source with what it is and where it can be read; lines of one document together."""
    if not sources:
        yield "Sources: none; it only leads through the chat."
        return
    yield "Sources:"
    lines: dict[str, list[int]] = {}
    for name in sources:
        if (line := document_place(name)) is not None:
            lines.setdefault(line.document, []).append(line.line)
    for document, numbers in lines.items():
        shape = edition.catalogue.get(document)
        title = "" if shape is None else f" of {shape.file}: {shape.title}"
        yield f"  {document}, {spans(sorted(set(numbers)))}{title}"
    for name in sources:
        shape = edition.catalogue.get(name)
        if shape is not None and document_place(name) is None:
            kind = "nobody here has seen its text" if shape.seen == "no" else shape.kind
            yield f"  {name}: {shape.title} ({kind})"
            yield from (f"    {address}" for address in shape.address or ())


def approval_line(edition: Edition, file: str, path: Sequence[str | int]) -> str:
    """Whether a clinician signed what stands at `path` of a file."""
    one = signable_at(edition, file, path)
    if one is None:
        reviewed = edition.reviewed(file)
        who = "" if reviewed is None else f" The file: {reviewed[0]}, {reviewed[1]}."
        return f"No signature of its own is asked for it.{who}"
    if one.approval is None:
        return "Not approved by a clinician yet."
    told = f"{one.approval.by} ({one.approval.role}) on {one.approval.on.isoformat()}"
    return (
        f"Approved by {told}." if one.approved else f"Approved by {told}, but it was edited since: that counts no more."
    )


def signable_at(edition: Edition, file: str, path: Sequence[str | int]) -> Signable | None:
    """What has to be signed and holds the text at `path`."""
    wanted = tuple(map(str, path))
    around = [
        one
        for one in edition.script.approvals.signables.values()
        if one.place.file == file and one.path and wanted[: len(one.path)] == tuple(map(str, one.path))
    ]
    return max(around, key=lambda one: len(one.path), default=None)

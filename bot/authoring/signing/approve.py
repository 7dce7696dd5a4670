"""`steady approve`: a signature for what stands in the files now, and nothing else in them changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.authoring.signing.write import with_approvals
from bot.errors import SteadyError
from bot.places import Places
from bot.script.approval import NOBODY, Approval, Approvals, Signable
from bot.script.document import plain
from bot.script.load import Folder, Loaded, look_at, read_folder
from bot.script.problems import did_you_mean

_ENDINGS = (".say", ".because", ".ask")


class ApproveError(SteadyError):
    """A signature that cannot be written; nothing was."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, in which role, on which day."""

    by: str
    role: str
    on: date


def check_signer(by: str, role: str, on: date, *, today: date) -> Signer:
    """See that a signature says who and as what; raises ApproveError."""
    for name, value in (("--by", by), ("--role", role)):
        if not value.strip() or not value.isprintable():
            raise ApproveError(f"{name} is empty, or not on one line.", cure=f"Write {name} and who signs, in quotes.")
    if by.strip().casefold() == NOBODY:
        raise ApproveError(f"'{NOBODY}' cannot sign.", cure="To take a signature back: steady approve ID --withdraw")
    if on > today:
        raise ApproveError(f"{on.isoformat()} is still to come.", cure="Write the day of the signature after --on.")
    return Signer(by.strip(), role.strip(), on)


def load_sound(places: Places) -> tuple[Folder, Loaded]:
    """The files and what they say; raises ApproveError where something has to be mended first."""
    folder = read_folder(places.dialogs, places.content)
    loaded = look_at(folder)
    if loaded.problems or loaded.script is None:
        cure = "Mend it first: steady check"
        raise ApproveError(f"in scripts with a mistake nothing can be signed: {loaded.problems[0]}", cure=cure)
    return folder, loaded


def choose(approvals: Approvals, names: Sequence[str]) -> tuple[Signable, ...]:
    """What these names mean: a thing, a text inside it, or all that begins like that (`outcomes.advice`)."""
    chosen: dict[str, Signable] = {}
    for name in names:
        found = list(_meant(approvals.signables, name))
        if not found:
            beginnings = {one.rsplit(".", 1)[0] for one in approvals.signables if "." in one}
            cure = did_you_mean(name, {*approvals.signables, *beginnings}, listed_in="steady open-questions")
            raise ApproveError(f"nothing to sign is called '{name}'.", cure=cure)
        chosen |= {one.id: one for one in found}
    return tuple(chosen.values())


def _meant(signables: Mapping[str, Signable], name: str) -> Iterable[Signable]:
    folded = {one.casefold(): signable for one, signable in signables.items()}
    wanted = name.casefold()
    if wanted in folded:
        return [folded[wanted]]
    for ending in _ENDINGS:
        if wanted.endswith(ending) and wanted.removesuffix(ending) in folded:
            return [folded[wanted.removesuffix(ending)]]
    return [signable for one, signable in folded.items() if one.startswith(f"{wanted}.")]


def sign(places: Places, chosen: Sequence[Signable], signer: Signer | None) -> tuple[Path, ...]:
    """Write the signatures, or take them back (None); gives the files that changed. All is written, or nothing."""
    folder, loaded = load_sound(places)
    wanted = {
        one.id: None if signer is None else Approval(signer.by, signer.role, signer.on, one.covers) for one in chosen
    }
    texts = dict(folder.files)
    for file in sorted({one.place.file for one in chosen}):
        mine = [(one.signed_at, wanted[one.id]) for one in chosen if one.place.file == file]
        texts[file] = with_approvals(texts[file], mine)
    _verify(loaded, look_at(Folder(texts)), wanted, chosen)
    roots = {"dialogs": places.dialogs, "content": places.content}
    changed: list[Path] = []
    for file, text in texts.items():
        if text != folder.files[file]:
            top, _, inside = file.partition("/")
            changed.append(roots[top] / inside)
            _replace(changed[-1], text)
    return tuple(changed)


def _verify(before: Loaded, after: Loaded, wanted: Mapping[str, Approval | None], chosen: Sequence[Signable]) -> None:
    """See that the signatures are there and that nothing else is another than before."""
    there = {} if after.script is None else after.script.approvals.signables
    was = {} if before.script is None else before.script.approvals.signables
    expected = {name: wanted.get(name, one.approval) for name, one in was.items()}
    found = {name: one.approval for name, one in there.items()}
    unchanged = {name: one.covers for name, one in was.items()} == {name: one.covers for name, one in there.items()}
    signed = {(one.place.file, *one.signed_at) for one in chosen}
    others = [
        {file: _without(plain(node), (file,), signed) for file, node in loaded.nodes.items()}
        for loaded in (before, after)
    ]
    if after.problems or found != expected or not unchanged or others[0] != others[1]:
        files = ", ".join(sorted({one.place.file for one in chosen}))
        cure = "Nothing was written. Write 'approved: {by: nobody yet}' there by hand, on one line, and try again."
        raise ApproveError(f"in {files} a signature cannot be written without changing something else.", cure=cure)


def _without(content: Any, path: tuple[str | int, ...], signed: set[tuple[str | int, ...]]) -> Any:
    """The contents of a file without the signatures that were to be written, and parts that held nothing else."""
    if isinstance(content, list):
        return [_without(part, (*path, number), signed) for number, part in enumerate(content)]
    if not isinstance(content, dict):
        return content
    rest = {key: _without(value, (*path, key), signed) for key, value in content.items() if (*path, key) not in signed}
    return {key: value for key, value in rest.items() if value != {} or content[key] == {}}


def _replace(path: Path, text: str) -> None:
    """Put a new file in the place of the old one, whole or not at all; a mark before the first letter stays."""
    path = path.resolve()
    mark = b"\xef\xbb\xbf" if path.read_bytes().startswith(b"\xef\xbb\xbf") else b""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(mark + text.encode())
    beside.chmod(path.stat().st_mode)
    beside.replace(path)

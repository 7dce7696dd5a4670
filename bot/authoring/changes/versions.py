"""Which version somebody means: a folder, a version that was published, or a git revision."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.authoring.changes.change import Changes
from bot.authoring.changes.compare import Loaded, compare_loaded, loaded
from bot.errors import SteadyError
from bot.places import CONTENT, DIALOGS, Places
from bot.script.load import Folder, read_folder
from bot.script.problems import ScriptError
from bot.script.stored import unpack
from bot.store.key import load_key
from bot.store.rows import ScriptVersion
from bot.store.visit import read_once

SHORTEST = 4
"""Letters of a version's name that are enough, where no other begins with them."""


class VersionError(SteadyError):
    """A version that nobody knows, or that cannot be read."""

    exit_status = 2


@dataclass(frozen=True, slots=True)
class Version:
    """The files of a version, and how it is told."""

    name: str
    folder: Folder


@dataclass(frozen=True, slots=True)
class Library:
    """Where versions are looked for: the folder that moderators edit, and the database of the bot."""

    places: Places
    database: Path
    key_file: Path

    @property
    def edited(self) -> Version:
        """The folder that moderators edit, as it is now."""
        return Version("this folder", read_folder(self.places.dialogs, self.places.content))

    def find(self, name: str) -> Version:
        """A version by a folder, the beginning of a published hash, or a git revision; raises VersionError."""
        folder = Path(name).expanduser()
        if folder.is_dir():
            return self._in(folder)
        try:
            kept = self._kept()
        except SteadyError as error:
            # A git revision needs no database; anything else is only there.
            return self._in_git(name, str(error))
        found = [one for one in kept if len(name) >= SHORTEST and one.hash.startswith(name.lower())]
        if len(found) > 1:
            cure = "Write more of it."
            raise VersionError(f"{len(found)} published versions begin with '{name}'.", cure=cure)
        return self._stored(found[0].hash) if found else self._in_git(name, self._known(kept))

    def current(self) -> tuple[Version, str]:
        """What parents see now, and what there is to say about it; before the first publication the last commit."""
        kept = self._kept()
        if kept:
            current = read_once(self.database, load_key(self.key_file), lambda records: records.scripts.current_hash())
            if current is not None:
                return self._stored(current), ""
        note = "Nothing was published yet, so this compares with the last commit of git."
        return self._in_git("HEAD", "Nothing was published yet: name what to compare with."), note

    def _in(self, folder: Path) -> Version:
        missing = [name for name in (DIALOGS, CONTENT) if not (folder / name).is_dir()]
        if missing:
            what = f"there is no folder {' and no folder '.join(f'{name}/' for name in missing)} here."
            cure = f"Name the folder that holds {DIALOGS}/ and {CONTENT}/."
            raise VersionError(what, where=str(folder), cure=cure)
        return Version(str(folder), read_folder(folder / DIALOGS, folder / CONTENT))

    # Published versions.

    def _kept(self) -> Sequence[ScriptVersion]:
        if not self.database.is_file():
            return ()
        return read_once(self.database, load_key(self.key_file), lambda records: records.scripts.all())

    def _stored(self, hash_: str) -> Version:
        kept = read_once(self.database, load_key(self.key_file), lambda records: records.scripts.get(hash_))
        if kept is None or kept.content is None:
            raise VersionError(f"version {hash_[:12]} is kept no longer.", cure="See all of them: steady versions")
        return Version(f"version {hash_[:12]}", unpack(kept.content, hash_))

    def _known(self, kept: Sequence[ScriptVersion]) -> str:
        if not kept:
            return "Name a folder, or a git revision such as HEAD."
        return f"Name a folder, a git revision, or a published version such as {kept[0].hash[:12]}."

    # Git.

    def _in_git(self, name: str, cure: str) -> Version:
        """The folders as they were in a revision of the repository around them."""
        git = shutil.which("git")
        if git is None:
            raise VersionError(f"there is no folder and no published version '{name}', and no git here.", cure=cure)
        revision = self._git(git, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if revision is None:
            what = f"there is no folder, no published version and no git revision '{name}'."
            raise VersionError(what, cure=cure)
        commit = revision.decode().strip()
        packed = self._git(git, "archive", "--format=tar", commit, DIALOGS, CONTENT)
        if packed is None:
            what = f"the git revision '{name}' has no {DIALOGS}/ and {CONTENT}/ here."
            raise VersionError(what, where=str(self._root), cure="Name another one.")
        return Version(f"git {name} ({commit[:10]})", _unpacked(packed))

    @property
    def _root(self) -> Path:
        return self.places.dialogs.parent

    def _git(self, git: str, *arguments: str) -> bytes | None:
        """What a command of git prints; None where it fails."""
        command = [git, "-C", str(self._root), *arguments]
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False)  # noqa: S603
        return done.stdout if done.returncode == 0 else None


def _unpacked(packed: bytes) -> Folder:
    with TemporaryDirectory(prefix="steady-") as temporary, tarfile.open(fileobj=BytesIO(packed)) as archive:
        root = Path(temporary)
        for member in archive:
            inside = archive.extractfile(member) if member.isfile() else None
            path = root / member.name
            if inside is not None and path.resolve().is_relative_to(root.resolve()):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(inside.read())
        return read_folder(root / DIALOGS, root / CONTENT)


def compared(old: Version, new: Version) -> Changes:
    """What changes between two versions; raises VersionError with the problems of one that does not load."""
    return compare_loaded(old.folder, new.folder, _loaded(old), _loaded(new))


def _loaded(version: Version) -> Loaded:
    try:
        return loaded(version.folder)
    except ScriptError as error:
        raise VersionError(f"{version.name} does not load.\n{error}") from None

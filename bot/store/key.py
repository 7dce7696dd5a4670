"""The key file: 32 random bytes as hex, made on the first start, kept apart from the data."""

import os
import re
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from bot.store.errors import KeyFileError

_HEX = re.compile(r"[0-9a-fA-F]{64}")

# Others must not read it, the group must not change it. Kubernetes hands out secrets that the group may read.
_TOO_OPEN = stat.S_IRWXO | stat.S_IWGRP | stat.S_IXGRP


@dataclass(frozen=True, slots=True)
class Key:
    """The key of the database, which no log and no traceback shows."""

    hex: str = field(repr=False)

    def __post_init__(self) -> None:
        # It goes into a pragma as text, so that nothing but hex may ever get that far.
        if not _HEX.fullmatch(self.hex):
            raise KeyFileError("a key is 64 hexadecimal digits, and this is not.")


def load_or_make_key(key_file: Path, database: Path, *, beside_the_data: bool = False) -> Key:
    """Read the key, or make one if there is neither a key nor a database yet.

    A key in or below the folder of the database is refused unless `beside_the_data` asks for just that.
    """
    if not beside_the_data and key_file.resolve().is_relative_to(database.resolve().parent):
        raise KeyFileError(
            f"the key lies with the data in {database.parent}: who copies one has both.",
            where=str(key_file),
            cure="Name a key file in another folder.",
        )
    key = _read(key_file)
    if key is not None:
        return key
    if _is_there(database):
        raise KeyFileError(
            f"there is no key file here, and without it {database} cannot be read. The data is untouched.",
            where=str(key_file),
            cure="Put back the key file that this database was made with; a new key would not open it.",
        )
    return _make_key(key_file)


def load_key(key_file: Path) -> Key:
    """Read a key that must be there."""
    key = _read(key_file)
    if key is None:
        raise KeyFileError(
            "there is no key file here.",
            where=str(key_file),
            cure="Start the bot once, or name the right key file.",
        )
    return key


def _read(key_file: Path) -> Key | None:
    try:
        mode = key_file.stat().st_mode
        text = key_file.read_bytes().decode("ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyFileError(
            f"the key file cannot be read: {error.strerror}.",
            where=str(key_file),
            cure="Name a file, in a folder that the user may enter whom the bot runs as.",
        ) from None
    if mode & _TOO_OPEN:
        raise KeyFileError(
            f"the key file is open to others (mode {stat.S_IMODE(mode):04o}).",
            where=str(key_file),
            cure=f"Run: chmod 600 {key_file}",
        )
    if not _HEX.fullmatch(text):
        raise KeyFileError(
            "this is no key: it should hold 64 hexadecimal digits and nothing else. The data is untouched.",
            where=str(key_file),
            cure="Put back the key that the database was made with; before the first start, delete this one.",
        )
    return Key(text.lower())


def _is_there(database: Path) -> bool:
    """Whether something lies where the database belongs; an empty file or a broken link counts, too."""
    try:
        database.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise KeyFileError(
            f"nobody can say whether there is a database yet ({error.strerror}), so no key is made.",
            where=str(database),
            cure="Let the user enter that folder whom the bot runs as.",
        ) from None
    return True


def _make_key(key_file: Path) -> Key:
    """Write a new key in full, then link it into its place: nobody ever sees half a key."""
    key = Key(secrets.token_hex(32))
    draft = key_file.with_name(f".{key_file.name}.{secrets.token_hex(8)}")
    try:
        try:
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(f"{key.hex}\n")
                file.flush()
                os.fsync(file.fileno())
            # Unlike a rename, a link never replaces a key that another process made in the meantime.
            os.link(draft, key_file)
            sync_folder(key_file.parent)
        finally:
            draft.unlink(missing_ok=True)
    except FileExistsError:
        return load_key(key_file)
    except OSError as error:
        # The folder is not made here: a missing one is often a volume that was not mounted, and a key that is
        # written into the container instead is lost with it, and all data with the key.
        raise KeyFileError(
            f"no key can be made here: {error.strerror}.",
            where=str(key_file),
            cure=f"Make the folder {key_file.parent} and give it to the user that the bot runs as.",
        ) from None
    return key


def sync_folder(folder: Path) -> None:
    """Make sure that a file that was just made in `folder` is still there after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

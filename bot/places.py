"""Where the dialogs and the content are: a given folder, the checkout, or the installed package."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from bot.errors import SteadyError

DIALOGS = "dialogs"
CONTENT = "content"


class PlacesError(SteadyError):
    """The dialogs or the content are not where they should be."""


@dataclass(frozen=True, slots=True)
class Places:
    """The two folders that moderators edit."""

    dialogs: Path
    content: Path


def find_places(scripts: Path | None = None, *, package: Path | None = None) -> Places:
    """Find `dialogs/` and `content/`: in `scripts` if given, else beside the package, else inside it.

    `package` is the folder of the package `bot`; only tests give it.
    """
    if scripts is not None:
        return _places_in(scripts.expanduser().absolute())

    package = package or Path(str(files("bot")))
    checkout = package.parent
    # Without this look, any folders named dialogs/ and content/ in site-packages would be taken.
    if (checkout / "pyproject.toml").is_file():
        return _places_in(checkout)
    return _places_in(package / "_shipped")


def _places_in(folder: Path) -> Places:
    missing = [name for name in (DIALOGS, CONTENT) if not (folder / name).is_dir()]
    if missing:
        raise PlacesError(
            f"there is no folder {' and no folder '.join(f'{name}/' for name in missing)} here.",
            where=str(folder),
            cure=f"Name the folder that holds {DIALOGS}/ and {CONTENT}/ in STEADY_SCRIPTS.",
        )
    return Places(dialogs=folder / DIALOGS, content=folder / CONTENT)

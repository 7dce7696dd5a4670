"""The dialogs and the content are found in a given folder, in a checkout, and in an installed wheel."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.places import Places, PlacesError, find_places

CHECKOUT = Path(__file__).parent.parent


def make_folders(folder: Path) -> Places:
    places = Places(dialogs=folder / "dialogs", content=folder / "content")
    places.dialogs.mkdir(parents=True)
    places.content.mkdir()
    return places


def test_a_given_folder_comes_first(tmp_path: Path) -> None:
    given = make_folders(tmp_path / "given")
    make_folders(tmp_path / "checkout")
    (tmp_path / "checkout" / "pyproject.toml").touch()

    assert find_places(tmp_path / "given", package=tmp_path / "checkout" / "bot") == given


def test_a_relative_folder_is_made_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = make_folders(tmp_path / "given")
    monkeypatch.chdir(tmp_path)

    assert find_places(Path("given")) == given


def test_a_checkout_uses_the_folders_beside_the_package(tmp_path: Path) -> None:
    beside = make_folders(tmp_path)
    (tmp_path / "pyproject.toml").touch()

    assert find_places(package=tmp_path / "bot") == beside


def test_folders_of_others_beside_an_installed_package_are_not_taken(tmp_path: Path) -> None:
    make_folders(tmp_path)
    shipped = make_folders(tmp_path / "bot" / "_shipped")

    assert find_places(package=tmp_path / "bot") == shipped


def test_a_given_folder_without_the_two_is_refused_with_a_cure(tmp_path: Path) -> None:
    (tmp_path / "dialogs").mkdir()

    with pytest.raises(PlacesError) as caught:
        find_places(tmp_path)

    assert str(caught.value) == (
        f"{tmp_path}: there is no folder content/ here. "
        "Name the folder that holds dialogs/ and content/ in STEADY_SCRIPTS."
    )


def test_both_missing_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(PlacesError, match="no folder dialogs/ and no folder content/ here"):
        find_places(package=tmp_path / "bot")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build the wheel from a copy of this checkout and install it; gives the copy and the installed place."""
    copy = tmp_path_factory.mktemp("copy")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(CHECKOUT / name, copy / name)
    for name in ("bot", "dialogs", "content"):
        if (CHECKOUT / name).exists():
            shutil.copytree(CHECKOUT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for example in (copy / "dialogs" / "example.yaml", copy / "content" / "howto" / "example.yaml"):
        example.parent.mkdir(parents=True, exist_ok=True)
        example.write_text("example: true\n")

    wheels = tmp_path_factory.mktemp("wheels")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(wheels), cwd=copy)
    [wheel] = wheels.glob("*.whl")
    target = tmp_path_factory.mktemp("site")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--no-deps", "--no-index", "--target", str(target), str(wheel), cwd=wheels)
    return copy, target


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_installed_wheel_finds_all_the_files_it_was_built_with(installed: tuple[Path, Path], tmp_path: Path) -> None:
    copy, target = installed
    find = (
        f"import sys; sys.path.insert(0, {str(target)!r})\n"
        "import json; from bot.places import find_places; places = find_places()\n"
        "print(json.dumps([str(places.dialogs), str(places.content)]))"
    )

    dialogs, content = map(Path, json.loads(run(sys.executable, "-I", "-c", find, cwd=tmp_path)))

    assert dialogs.is_relative_to(target)
    assert content.is_relative_to(target)
    assert files_in(dialogs) == files_in(copy / "dialogs")
    assert files_in(content) == files_in(copy / "content")


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_installed_wheel_has_no_tests_and_no_second_copy(installed: tuple[Path, Path]) -> None:
    _, target = installed

    tops = {path.name for path in target.iterdir() if not path.name.endswith(".dist-info")} - {"bin"}

    assert tops == {"bot"}


def test_a_checkout_has_no_copy_inside_the_package() -> None:
    assert not (CHECKOUT / "bot" / "_shipped").exists()

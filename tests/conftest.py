"""Fixtures shared by all tests."""

import gc
import os
from collections.abc import Iterator
from functools import lru_cache

import pytest
from hypothesis import settings

from bot.script.document import compose

# A busy machine is slow, not wrong; what must be fast is measured elsewhere.
settings.register_profile("steady", settings(), deadline=None)
settings.load_profile("steady")

# The scripts that tests keep are many small objects; going through them as often as usual costs a tenth of the time.
gc.set_threshold(100_000, 50, 100)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` records the transcripts of the golden chats anew; what they claim is checked first, and stays."""
    parser.addoption("--update", action="store_true", help="record the transcripts of tests/conversations/ anew")


@pytest.fixture(autouse=True, scope="session")
def _no_settings_of_the_developer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test, and every process it starts, away from the developer's own settings, data and key."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("STEADY_")]:
            patch.delenv(name)
        patch.setenv("STEADY_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        patch.setenv("STEADY_CONFIG_DIR", str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture(autouse=True, scope="session")
def _each_text_is_read_once() -> Iterator[None]:
    """Keep what was read of a file: hundreds of tests look at the same ones, and nodes never change."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.script.load.compose", lru_cache(maxsize=512)(compose))
        yield

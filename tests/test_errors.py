"""Errors are one line for whoever must act."""

from bot.errors import SettingsError, SteadyError


def test_an_error_says_where_what_and_what_to_do() -> None:
    error = SteadyError("the file is empty.", where="dialogs/a.yaml", cure="Restore it.")

    assert str(error) == "dialogs/a.yaml: the file is empty. Restore it."


def test_place_and_cure_may_be_left_out() -> None:
    assert str(SteadyError("the disk is full.")) == "the disk is full."


def test_a_settings_error_has_its_own_exit_status() -> None:
    assert SteadyError.exit_status == 1
    assert SettingsError.exit_status == 78
    assert issubclass(SettingsError, SteadyError)

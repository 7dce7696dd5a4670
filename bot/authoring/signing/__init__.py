"""Signing off: who approved what, written into the files of the script."""

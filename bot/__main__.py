"""`python -m bot` is the command `steady`."""

from bot.cli import main

main()

"""Steady, a Telegram guide for parents of a baby who trembles, twitches, or feels stiff or floppy."""

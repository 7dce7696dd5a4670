"""Telegram: updates become events, effects become messages and keyboards."""

import os

# python-telegram-bot warns at every "too many requests" unless it may give spans of time as such.
os.environ.setdefault("PTB_TIMEDELTA", "true")

CHANNEL = "telegram"
"""The name of this channel in the store."""

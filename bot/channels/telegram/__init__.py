"""Telegram: updates become events, effects become messages and keyboards."""

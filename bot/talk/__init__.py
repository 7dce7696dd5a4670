"""The conversation, pure: session, event and time in, session and effects out."""

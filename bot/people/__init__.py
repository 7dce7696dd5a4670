"""Parents, children, consent, privacy and sharing."""

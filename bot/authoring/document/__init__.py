"""The reviewers' document: everything that parents read and every rule behind it, for a clinician to read and sign."""

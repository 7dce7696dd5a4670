"""What a version has to pass before parents see it, and how one goes back."""

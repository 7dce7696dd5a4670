"""What a fact is: truth, value, band, level, units, ages, dates, and reading typed text."""

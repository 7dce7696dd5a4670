"""Measurements; `make bench` runs them. Nothing here is a test: a slow machine is not a fault."""

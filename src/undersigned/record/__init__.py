"""The record: an append-only log of the city's acts whose every answer can be checked without trusting us."""

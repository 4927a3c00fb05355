"""Sealed secrets, each bound to the row that it belongs to."""

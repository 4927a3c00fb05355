"""Bringing a delivery to its network: arm, send, settle; and reading back whatever is uncertain."""

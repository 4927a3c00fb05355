"""Mastodon, and servers that speak its protocol."""

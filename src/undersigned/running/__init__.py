"""Running it for real: first start, web process, health, and what is missing."""

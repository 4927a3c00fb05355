"""What anyone sees."""

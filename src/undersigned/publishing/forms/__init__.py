"""What people fill in about posts, stops and cases."""

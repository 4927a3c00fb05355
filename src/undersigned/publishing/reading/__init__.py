"""Reading the networks back: what is there, what of it is ours, and what nobody here sent."""

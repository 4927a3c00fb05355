"""The practice network: a wall kept here, on which posting, failing and being found out can be tried harmlessly."""

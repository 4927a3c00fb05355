"""From an account's page to the network and back; and the tokens that come of it, opened for one call at a time."""

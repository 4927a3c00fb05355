"""The pages of people and units: who is here, what somebody holds, and how that changes."""

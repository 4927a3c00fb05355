"""Posts, approvals, deliveries, and what the networks really show."""

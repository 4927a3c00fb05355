"""Work that leaves the building: a row is the queue, with lease, attempts and outcome."""

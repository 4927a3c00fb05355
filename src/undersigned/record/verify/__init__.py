"""``undersigned record verify``: what the auditor checks, and what only the inside can (specification, section 10)."""

from undersigned.record.verify.whole import verify

__all__ = ["verify"]

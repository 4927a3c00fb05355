"""The stand-alone auditor: standard library and `cryptography`, nothing of the web application."""

from undersigned.record.audit.cli import main

__all__ = ["main"]

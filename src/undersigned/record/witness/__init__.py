"""The witness of another record: cosigns a checkpoint only if it continues what was cosigned before.

Without a web framework and without the product's database, so that it runs on the clerk's or the auditor's computer.
"""

from undersigned.record.witness.cli import main

__all__ = ["main"]

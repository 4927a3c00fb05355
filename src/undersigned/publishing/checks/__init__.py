"""The checks of a draft (D01 to D18): made as the person writes, when it is handed in, and before it is sent."""

from undersigned.publishing.checks.made import (
    EMERGENCY_BLOCKS,
    Finding,
    Inspection,
    findings,
    inspection_of,
    must_pass,
)

__all__ = ["EMERGENCY_BLOCKS", "Finding", "Inspection", "findings", "inspection_of", "must_pass"]

"""What verification inside says beyond the auditor's words."""

from enum import StrEnum


class Inside(StrEnum):
    """Checks of what an outsider does not see."""

    INDEX = "INDEX"
    HEAD = "HEAD"
    OBJECT = "OBJECT"
    INTAKE = "INTAKE"
    SIGNER = "SIGNER"
    STATE = "STATE"
    STAMP = "STAMP"

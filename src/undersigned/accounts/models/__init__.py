"""What the register keeps."""

from undersigned.accounts.models.account import Account, AccountReview, SetupLine
from undersigned.accounts.models.connection import Connection, Liveness, ServerApplication, SignInAttempt
from undersigned.accounts.models.grant import Grant
from undersigned.accounts.models.lookalike import LookalikeCase
from undersigned.accounts.models.posture import Evidence, PostureException

__all__ = [
    "Account",
    "AccountReview",
    "Connection",
    "Evidence",
    "Grant",
    "Liveness",
    "LookalikeCase",
    "PostureException",
    "ServerApplication",
    "SetupLine",
    "SignInAttempt",
]

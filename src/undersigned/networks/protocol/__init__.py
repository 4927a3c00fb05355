"""The one typed protocol that every network is used through.

A client is a thin translation: it keeps nothing, decides nothing and never tries a creating call twice. Whatever
goes wrong is one of :mod:`undersigned.networks.faults`.
"""

from undersigned.networks.protocol.access import (
    Access,
    Application,
    Holder,
    Insider,
    Place,
    Profile,
    SignedIn,
    SigningIn,
    Token,
)
from undersigned.networks.protocol.client import Can, Client, Registering, TakingPasswords
from undersigned.networks.protocol.comments import Comments, Deed, Remark, Wish
from undersigned.networks.protocol.posts import (
    Blocks,
    Form,
    Found,
    Medium,
    Published,
    Seen,
    Staged,
    Timeline,
    Trap,
    Variant,
    Weight,
)

__all__ = [
    "Access",
    "Application",
    "Blocks",
    "Can",
    "Client",
    "Comments",
    "Deed",
    "Form",
    "Found",
    "Holder",
    "Insider",
    "Medium",
    "Place",
    "Profile",
    "Published",
    "Registering",
    "Remark",
    "Seen",
    "SignedIn",
    "SigningIn",
    "Staged",
    "TakingPasswords",
    "Timeline",
    "Token",
    "Trap",
    "Variant",
    "Weight",
    "Wish",
]

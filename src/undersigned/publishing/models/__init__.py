"""State of the publishing room."""

from undersigned.publishing.models.delivery import Delivery, Pause
from undersigned.publishing.models.medium import Medium
from undersigned.publishing.models.post import Assent, Post, PostVersion, Scribble, Target
from undersigned.publishing.models.sighting import Case, Reading, Sighting
from undersigned.publishing.models.stop import Stop

__all__ = [
    "Assent",
    "Case",
    "Delivery",
    "Medium",
    "Pause",
    "Post",
    "PostVersion",
    "Reading",
    "Scribble",
    "Sighting",
    "Stop",
    "Target",
]

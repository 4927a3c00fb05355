"""Rows of networks: only the practice network, which is kept here, has any."""

from undersigned.networks.practice.models import Permission, Wall, WallComment, WallPicture, WallPost

__all__ = ["Permission", "Wall", "WallComment", "WallPicture", "WallPost"]

"""The practice network's own rows. They stand for another party's, so no act writes them and the record is silent."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Wall(models.Model):
    """An account on the practice network. ``fails_next`` is a word of :class:`.failing.Failing`."""

    handle = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    description = models.CharField(max_length=300, blank=True)
    fails_next = models.CharField(max_length=20, default="nothing")
    opened_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.handle


class Permission(models.Model):
    """What a person allowed an application to do. Tokens and code are kept as SHA-256 (hex) alone, as a network would.

    ``code`` is empty once it was redeemed (RFC 6749, section 4.1.2: once), ``challenge`` is PKCE's.
    """

    wall = models.ForeignKey(Wall, on_delete=models.CASCADE, related_name="permissions")
    client_id = models.CharField(max_length=100)
    redirect = models.CharField(max_length=500)
    challenge = models.CharField(max_length=100, blank=True)
    scopes = models.CharField(max_length=200)
    code = models.CharField(max_length=64, db_index=True)
    code_until = models.DateTimeField()
    access = models.CharField(max_length=64, blank=True, db_index=True)
    access_until = models.DateTimeField(null=True, blank=True)
    refresh = models.CharField(max_length=64, blank=True, db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.client_id} on {self.wall_id}"


class WallPost(models.Model):
    """A post on a wall. ``application`` is empty where somebody wrote it on the wall itself."""

    wall = models.ForeignKey(Wall, on_delete=models.CASCADE, related_name="posts")
    text = models.TextField(_("text"), blank=True)
    language = models.CharField(max_length=20, blank=True)
    reply_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    application = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"post {self.pk} on {self.wall_id}"


class WallPicture(models.Model):
    """A picture with the words for it. Until a post names it, nobody sees it."""

    wall = models.ForeignKey(Wall, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(
        WallPost, on_delete=models.CASCADE, null=True, blank=True, related_name="pictures"
    )
    place = models.PositiveSmallIntegerField(default=0)
    mime = models.CharField(max_length=40)
    alt = models.TextField(blank=True)
    octets = models.BinaryField()

    class Meta:
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return f"picture {self.pk} on {self.wall_id}"


class WallComment(models.Model):
    """What a follower wrote under a post, or (``by_wall``) what the wall answered. ``author`` is a handle."""

    post = models.ForeignKey(WallPost, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    author = models.CharField(max_length=40)
    text = models.TextField()
    by_wall = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"comment {self.pk} by {self.author}"

"""Persons, units, appointments; and the sign-in that belongs to a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from undersigned.acts.governed import Governed, GovernedQuerySet, ReferenceField
from undersigned.people.states import Office, PersonClass, UnitKind

if TYPE_CHECKING:
    from datetime import date


class City(Governed):
    """The organisation that this instance belongs to. One row."""

    kind = "city"
    governed: ClassVar = {1: ("name", "organisation", "website", "colour")}

    id = ReferenceField("city")
    name = models.CharField(_("name"), max_length=200)
    organisation = models.CharField(_("legal name"), max_length=200, blank=True)
    website = models.URLField(_("web site"), blank=True)
    colour = models.CharField(_("colour"), max_length=7, default="#1b4b66")

    def __str__(self) -> str:
        return self.name


class Unit(Governed):
    """A node of the organisation. ``path`` holds the references from the root to this unit, each ended by ``/``."""

    kind = "unit"
    governed: ClassVar = {1: ("name", "name_fr", "unit_kind", "code", "parent", "path", "closed_on")}

    id = ReferenceField("unit")
    name = models.CharField(_("name"), max_length=200)
    name_fr = models.CharField(_("French name"), max_length=200, blank=True)
    unit_kind = models.CharField(
        _("kind"), max_length=16, choices=UnitKind.choices, default=UnitKind.DEPARTMENT
    )
    code = models.CharField(_("code"), max_length=64, blank=True, db_index=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    path = models.CharField(max_length=1000, db_index=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta(Governed.Meta):
        constraints = [models.UniqueConstraint(fields=["parent", "name"], name="unit_name_below_parent")]

    def __str__(self) -> str:
        return self.name

    @property
    def above(self) -> tuple[str, ...]:
        """References of this unit and all above it, the nearest first."""
        return tuple(reversed(self.path.strip("/").split("/")))


class Person(Governed):
    """Anyone known by name. ``staff_number`` is the stable id of the personnel system, where there is one.

    ``match_name`` is the name normalised for comparison; it is derived from ``name`` and governed with it.
    """

    kind = "person"
    governed: ClassVar = {
        1: ("name", "given_name", "family_name", "match_name", "staff_number", "email", "person_class",
            "bargaining_unit", "left_on", "erased_at")
    }  # fmt: skip

    id = ReferenceField("person", 16)
    name = models.CharField(_("name"), max_length=300)
    given_name = models.CharField(_("given name"), max_length=150, blank=True)
    family_name = models.CharField(_("family name"), max_length=150, blank=True)
    match_name = models.CharField(max_length=300, blank=True, db_index=True)
    staff_number = models.CharField(_("staff number"), max_length=64, null=True, blank=True, unique=True)
    email = models.EmailField(_("e-mail address"), blank=True, db_index=True)
    person_class = models.CharField(_("class"), max_length=24, choices=PersonClass.choices)
    bargaining_unit = models.CharField(_("bargaining unit"), max_length=100, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta(Governed.Meta):
        indexes = [models.Index(fields=["family_name", "given_name", "id"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name


class AppointmentQuerySet(GovernedQuerySet["Appointment"]):
    def current(self, on: date | None = None) -> AppointmentQuerySet:
        """Those held on this day; the last day counts."""
        day = on or timezone.localdate()
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), begins_on__lte=day, ended_at__isnull=True
        )


class Appointment(Governed):
    """A person holding an office in a unit from a day to a day; both days count. The capacity in which they act.

    ``ended_at`` is the moment at which it was ended by an act, which ends it at once whatever the last day.
    """

    kind = "appointment"
    governed: ClassVar = {
        1: ("person", "unit", "office", "title", "begins_on", "ends_on", "acting", "source", "ended_at")
    }

    id = ReferenceField("appointment")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments")
    office = models.CharField(_("office"), max_length=32, choices=Office.choices, default=Office.MEMBER)
    title = models.CharField(_("job title"), max_length=200, blank=True)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    acting = models.BooleanField(_("acting"), default=False)
    source = models.CharField(_("told by"), max_length=32, default="page")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()  # type: ignore[misc] # narrower than the base class's

    class Meta(Governed.Meta):
        indexes = [models.Index(fields=["office", "ends_on"], name="appointment_by_office")]

    def __str__(self) -> str:
        return f"{self.get_office_display()}, {self.unit}"


class Users(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, *, person: Person) -> User:
        user = User(email=self.normalize_email(email).lower(), person=person)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """The sign-in of one person. Not governed: what a sign-in may do follows from the person's appointments."""

    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, blank=True)
    session_generation = models.PositiveIntegerField(
        default=0, help_text="raised to end every session that was begun before, on any process"
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = Users()

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        return self.person.name

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}.{self.session_generation}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return (f"{old}.{self.session_generation}" for old in super().get_session_auth_fallback_hash())


class InvitationState(models.TextChoices):
    SENT = "sent", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Invitation(Governed):
    """An offer to make a sign-in for a person. Only the SHA-256 (hex) of its code is kept."""

    kind = "invitation"
    governed: ClassVar = {1: ("person", "email", "code_digest", "state", "expires_at", "settled_at")}

    id = ReferenceField("invitation")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    code_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=16, choices=InvitationState.choices, default=InvitationState.SENT)
    expires_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"invitation ({self.state})"

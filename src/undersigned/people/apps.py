from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "undersigned.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from undersigned.acts import directory
        from undersigned.people import acts, importing_pages, messages  # noqa: F401 - declares the acts of this room
        from undersigned.people.acts import roster  # noqa: F401 - declares the acts of a roster
        from undersigned.people.directory import PeopleDirectory
        from undersigned.ui import navigation

        directory.install(PeopleDirectory())
        messages.register()
        importing_pages.register()
        navigation.register(
            navigation.Entry(room="people", label=_("People"), route="people:list", order=50, may=may_enter)
        )
        authenticator_added.connect(remember_the_proof, dispatch_uid="people.second_factor")


def remember_the_proof(request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    """Setting up a second factor shows that one holds it; the session need not prove it again at once."""
    from undersigned.people.signin import remember_second_factor

    remember_second_factor(request, user, authenticator)


def may_enter(request: HttpRequest) -> bool:
    """Whoever holds an appointment sees who works here."""
    from undersigned.people.middleware import actor

    officer = actor(request)
    return officer is not None and bool(officer.capacities)

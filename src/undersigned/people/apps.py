from typing import Any

from django.apps import AppConfig


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

        directory.install(PeopleDirectory())
        messages.register()
        importing_pages.register()
        authenticator_added.connect(remember_the_proof, dispatch_uid="people.second_factor")


def remember_the_proof(request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    """Setting up a second factor shows that one holds it; the session need not prove it again at once."""
    from undersigned.people.signin import remember_second_factor

    remember_second_factor(request, user, authenticator)

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "undersigned.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        from undersigned.acts import directory
        from undersigned.people import acts  # noqa: F401 - declares the acts of this room
        from undersigned.people.directory import PeopleDirectory

        directory.install(PeopleDirectory())

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "undersigned.desk"
    label = "desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        from undersigned.ui.navigation import Entry, register

        register(Entry(room="desk", label=_("Desk"), route="desk:desk", order=10))

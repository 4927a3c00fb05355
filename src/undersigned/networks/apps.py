from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "undersigned.networks"
    label = "networks"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from undersigned.networks.practice.frame import may_enter
        from undersigned.ui import navigation
        from undersigned.ui.navigation import Entry

        navigation.register(
            Entry(room="practice", label=_("Practice"), route="practice:walls", order=90, may=may_enter)
        )

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "undersigned.public"
    label = "public"
    verbose_name = "Public side"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from undersigned.ui import navigation
        from undersigned.ui.navigation import Entry, everyone

        navigation.register(
            Entry(
                room="public",
                label=_("Official accounts"),
                route="public:home",
                order=10,
                may=everyone,
                public=True,
            )
        )

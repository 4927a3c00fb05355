from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "undersigned.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from undersigned.accounts import acts, importing_pages, on_a_person, rounds  # noqa: F401 - declares the acts
        from undersigned.accounts.connecting import revoking, watching
        from undersigned.accounts.views.coming_in import holds_an_appointment
        from undersigned.dispatch.rounds import every
        from undersigned.ui.navigation import Entry, register

        register(
            Entry(
                room="accounts",
                label=_("Accounts"),
                route="accounts:list",
                order=20,
                may=holds_an_appointment,
            )
        )
        importing_pages.register()
        on_a_person.register()
        revoking.register()
        watching.register()
        every(rounds.HOURLY, "accounts.mark_sleepers", rounds.mark_sleepers)
        every(rounds.HOURLY, "accounts.end_lapsed", rounds.end_lapsed)
        every(watching.HOURLY, "accounts.look_at_connections", watching.ask)

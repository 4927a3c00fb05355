from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "undersigned.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from undersigned.accounts import acts, importing_pages, rounds  # noqa: F401 - declares the acts of this room
        from undersigned.dispatch.rounds import every

        importing_pages.register()
        every(rounds.HOURLY, "accounts.mark_sleepers", rounds.mark_sleepers)
        every(rounds.HOURLY, "accounts.end_lapsed", rounds.end_lapsed)

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "undersigned.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from undersigned.accounts import acts  # noqa: F401 - declares the acts of this room

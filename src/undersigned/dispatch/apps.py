from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "undersigned.dispatch"
    label = "dispatch"
    verbose_name = "Dispatch"

    def ready(self) -> None:
        from undersigned.dispatch import mail

        mail.register()

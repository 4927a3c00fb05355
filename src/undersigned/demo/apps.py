from django.apps import AppConfig
from django.core.checks import Tags, register


class DemoConfig(AppConfig):
    name = "undersigned.demo"
    label = "demo"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from undersigned.demo import guard

        user_logged_in.connect(guard.refuse_outside, dispatch_uid="demo.guard")
        register(Tags.database)(guard.no_demonstration_in_public)

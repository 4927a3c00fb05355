from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class ActsConfig(AppConfig):
    name = "undersigned.acts"
    label = "acts"
    verbose_name = "Acts"

    def ready(self) -> None:
        from undersigned.acts import checks, countersigning, guards  # noqa: F401 - they declare themselves

        connection_created.connect(guards.know_whether_an_act_is_open, dispatch_uid="acts.guards")
        post_migrate.connect(set_guards, dispatch_uid="acts.guards")


def set_guards(app_config: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """Once, when the signal comes for the last of the apps: by then every table is there."""
    from undersigned.acts import guards

    last = [one for one in apps.get_app_configs() if one.models_module is not None][-1]
    if app_config.label == last.label:
        guards.install(connections[using])

from typing import Any

from django.apps import AppConfig
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


def set_guards(using: str = "default", **kwargs: Any) -> None:
    from undersigned.acts import guards

    guards.install(connections[using])

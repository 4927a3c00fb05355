from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "undersigned.ui"
    label = "ui"
    verbose_name = "Look and feel"

    def ready(self) -> None:
        from undersigned.ui import checks  # noqa: F401 - it registers itself

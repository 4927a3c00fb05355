from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "undersigned.record"
    label = "record"
    verbose_name = "Record"

    def ready(self) -> None:
        from undersigned.record import acts, checks  # noqa: F401 - they declare themselves

from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "undersigned.record"
    label = "record"
    verbose_name = "Record"

    def ready(self) -> None:
        from undersigned.record import acts  # noqa: F401 - declares the record's own acts

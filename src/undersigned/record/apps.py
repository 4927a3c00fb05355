from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "undersigned.record"
    label = "record"
    verbose_name = "Record"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from undersigned.record import acts, checks, tasks  # noqa: F401 - they declare themselves
        from undersigned.ui import navigation
        from undersigned.ui.navigation import Entry, everyone, signed_in

        tasks.register()
        label = _("Record")
        navigation.register(Entry("record", label, "record:record", order=70, may=signed_in))
        navigation.register(Entry("record", label, "record:record", order=70, may=everyone, public=True))

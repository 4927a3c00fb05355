from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "undersigned.publishing"
    label = "publishing"
    verbose_name = "Publishing"

    def ready(self) -> None:
        from undersigned.accounts.views.coming_in import holds_an_appointment
        from undersigned.dispatch import handlers, rounds
        from undersigned.publishing import acts  # noqa: F401 - declares the acts
        from undersigned.publishing.acts.delivering import WHAT
        from undersigned.publishing.delivering.journey import DeliveryJourney
        from undersigned.publishing.reading import journey as reading
        from undersigned.ui.navigation import Entry, register

        register(
            Entry(
                room="publishing",
                label=_("Posts"),
                route="publishing:list",
                order=30,
                may=holds_an_appointment,
            )
        )
        handlers.register_journey(WHAT, DeliveryJourney())
        handlers.register_journey(reading.WHAT, reading.TimelineJourney())
        rounds.every(60, "publishing.readers", reading.keep_readers)

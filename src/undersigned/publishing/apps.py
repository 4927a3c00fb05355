from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "undersigned.publishing"
    label = "publishing"
    verbose_name = "Publishing"

    def ready(self) -> None:
        from undersigned.dispatch import handlers, rounds
        from undersigned.publishing import acts  # noqa: F401 - declares the acts
        from undersigned.publishing.acts.delivering import WHAT
        from undersigned.publishing.delivering.journey import DeliveryJourney
        from undersigned.publishing.reading import journey as reading

        handlers.register_journey(WHAT, DeliveryJourney())
        handlers.register_journey(reading.WHAT, reading.TimelineJourney())
        rounds.every(60, "publishing.readers", reading.keep_readers)

from django.apps import AppConfig

A_MINUTE, A_DAY = 60, 86_400


class ImportsConfig(AppConfig):
    name = "undersigned.imports"
    label = "imports"

    def ready(self) -> None:
        from undersigned.dispatch.rounds import every
        from undersigned.imports import acts, applying, files  # noqa: F401 - declares the act of this room

        every(A_MINUTE, "imports.offer_again", applying.offer_again)
        every(A_DAY, "imports.forget_unfinished", files.forget_unfinished)

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "undersigned.dispatch"
    label = "dispatch"

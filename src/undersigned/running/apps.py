from django.apps import AppConfig


class RunningConfig(AppConfig):
    name = "undersigned.running"
    label = "running"

from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "undersigned.networks"
    label = "networks"

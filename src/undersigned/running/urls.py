from django.urls import path

from undersigned.running import views

app_name = "running"
urlpatterns = [
    path("health/alive", views.alive, name="alive"),
    path("health/ready", views.ready, name="ready"),
]

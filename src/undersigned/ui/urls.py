from __future__ import annotations

from django.conf import settings
from django.urls import path

from undersigned.ui import showcase, views

app_name = "ui"
urlpatterns = [path("theme.css", views.theme_css, name="theme")]
if settings.DEBUG:
    urlpatterns += showcase.urlpatterns

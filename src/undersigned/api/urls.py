from django.urls import path, re_path

from undersigned.api.interface import api
from undersigned.api.views import nothing_here

urlpatterns = [path("api/v1/", api.urls), re_path(r"^api/v1/public/", nothing_here)]

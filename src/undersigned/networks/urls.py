from django.urls import include, path

urlpatterns = [path("practice/", include("undersigned.networks.practice.urls"))]

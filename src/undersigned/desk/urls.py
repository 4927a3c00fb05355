from django.urls import path

from undersigned.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("countersign/<str:reference>/", views.countersign, name="countersign"),
    path("countersign/<str:reference>/return/", views.send_back, name="send_back"),
    path("search/", views.search, name="search"),
    path("given-up/", views.given_up, name="given_up"),
]

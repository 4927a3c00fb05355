from django.urls import path

from undersigned.people import entrance

app_name = "people"
urlpatterns = [
    path("welcome/<str:code>/", entrance.accept_invitation, name="accept_invitation"),
    path("me/", entrance.me, name="me"),
    path("me/second-factor/", entrance.second_factor, name="second_factor"),
]

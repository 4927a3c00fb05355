from django.urls import path

from undersigned.people import entrance
from undersigned.people.views import appointments, listing, person, signing_in, units

app_name = "people"
urlpatterns = [
    path("welcome/<str:code>/", entrance.accept_invitation, name="accept_invitation"),
    path("me/", entrance.me, name="me"),
    path("me/second-factor/", entrance.second_factor, name="second_factor"),
    path("people/", listing.people, name="list"),
    path("people/add/", person.add, name="add"),
    path("people/<str:reference>/", person.person, name="person"),
    path("people/<str:reference>/change/", person.change, name="change"),
    path("people/<str:reference>/appoint/", appointments.appoint, name="appoint"),
    path("people/<str:reference>/invite/", signing_in.invite, name="invite"),
    path("people/<str:reference>/end-sessions/", signing_in.end_sessions, name="end_sessions"),
    path("appointments/<str:reference>/change/", appointments.change, name="change_appointment"),
    path("appointments/<str:reference>/end/", appointments.end, name="end_appointment"),
    path("invitations/<str:reference>/withdraw/", signing_in.withdraw, name="withdraw_invitation"),
    path("units/", units.units, name="units"),
    path("units/add/", units.add, name="add_unit"),
    path("units/<str:reference>/", units.unit, name="unit"),
    path("units/<str:reference>/change/", units.change, name="change_unit"),
    path("units/<str:reference>/close/", units.close, name="close_unit"),
]

"""Every write to persons, units, appointments and sign-ins."""

from undersigned.people.acts.invitations import (
    accept_invitation,
    end_sessions,
    send_invitation,
    withdraw_invitation,
)
from undersigned.people.acts.people import (
    add_person,
    add_unit,
    begin_appointment,
    change_appointment,
    change_city,
    change_person,
    change_unit,
    close_unit,
    end_appointment,
    erase_person,
    found_city,
)

__all__ = [
    "accept_invitation",
    "add_person",
    "add_unit",
    "begin_appointment",
    "change_appointment",
    "change_city",
    "change_person",
    "change_unit",
    "close_unit",
    "end_appointment",
    "end_sessions",
    "erase_person",
    "found_city",
    "send_invitation",
    "withdraw_invitation",
]

"""The people of Harrow Falls, an invented city. Nobody here lives; the names were made for a town beside a waterfall.

``PLAYED`` are those whom the story names; ``PLACES`` says how many more work where, so that lists look like lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from undersigned.imports.text import without_accents
from undersigned.people.states import Office

CITY = "Harrow Falls"
MAIL = "harrowfalls.example"
"""A name under ``.example`` is nobody's (RFC 2606)."""


class Role(StrEnum):
    """A part in the story."""

    ADMINISTRATOR = "administrator"
    MANAGING_DIRECTOR = "managing_director"
    HEAD_OF_COMMUNICATIONS = "head_of_communications"
    COMMUNICATIONS = "communications"
    WEB_EDITOR = "web_editor"
    SECURITY = "security"
    HR = "hr"
    CLERK = "clerk"
    RECORDS = "records"
    AUDITOR = "auditor"
    FIRE_CHIEF = "fire_chief"
    DUTY_OFFICER = "duty_officer"
    ESPLANADE_HEAD = "esplanade_head"
    ESPLANADE_ACTING = "esplanade_acting"
    ESPLANADE_STEWARD = "esplanade_steward"
    TICKETING = "ticketing"
    LEISURE_HEAD = "leisure_head"
    LEISURE_STEWARD = "leisure_steward"
    LIBRARY_HEAD = "library_head"
    LIBRARY_STEWARD = "library_steward"
    LIBRARY_DEPUTY = "library_deputy"
    TRANSIT_HEAD = "transit_head"
    TRANSIT_STEWARD = "transit_steward"
    INVEST_HEAD = "invest_head"
    INVEST_STEWARD = "invest_steward"
    PARKS_HEAD = "parks_head"
    PARKS_STEWARD = "parks_steward"
    MAYOR = "mayor"
    VOLUNTEER = "volunteer"
    CONTRACTOR = "contractor"


@dataclass(frozen=True, slots=True)
class Place:
    """A department with its division. ``others`` work there beside those whom the story names."""

    division: str
    department: str
    others: int = 0
    titles: tuple[str, ...] = ()
    union: str = "CUPE Local 1181"

    @property
    def unit(self) -> str:
        return self.department or self.division


@dataclass(frozen=True, slots=True)
class Played:
    """Somebody of the story, as the roster tells of them; ``office`` is what an administrator adds to that."""

    role: Role
    name: str
    unit: str
    title: str
    group: str = "Union"
    office: Office | None = None
    heads: bool = False

    @property
    def email(self) -> str:
        return address_of(self.name)


def address_of(name: str) -> str:
    plain = without_accents(name)
    return f"{'.'.join(plain.split())}@{MAIL}"


MANAGERS, CORPORATE, COMMUNITY = "City Manager’s Office", "Corporate Services", "Community Services"
GROWTH, WORKS, SAFETY, COUNCIL = "Growth and Development", "City Works", "Public Safety", "City Council"
COMMUNICATIONS, CLERKS, AUDIT = "Communications", "City Clerk", "Internal Audit"
PEOPLE, TECHNOLOGY, FINANCE = "Human Resources", "Information Technology", "Finance"
ESPLANADE, TICKETS, LEISURE = "The Esplanade", "Ticketing", "Falls Leisure Centre"
LIBRARY, PARKS, INVEST = "Public Library", "Parks", "Economic Development"
PLANNING, TRANSIT, ROADS, WATER, FIRE = "Planning", "Transit", "Roads", "Water", "Fire and Rescue"

PLACES = (
    Place(MANAGERS, ""),
    Place(MANAGERS, COMMUNICATIONS, 2, ("Graphic designer", "Writer")),
    Place(MANAGERS, CLERKS, 2, ("Legislative clerk", "Records clerk")),
    Place(MANAGERS, AUDIT),
    Place(CORPORATE, PEOPLE, 3, ("Payroll clerk", "Recruiter", "Benefits clerk")),
    Place(CORPORATE, TECHNOLOGY, 4, ("Network technician", "Service desk agent")),
    Place(CORPORATE, FINANCE, 6, ("Accountant", "Accounts clerk", "Buyer")),
    Place(COMMUNITY, ESPLANADE, 7, ("Stage technician", "House manager", "Usher")),
    Place(COMMUNITY, TICKETS, 4, ("Ticket agent",)),
    Place(COMMUNITY, LEISURE, 10, ("Lifeguard", "Instructor", "Front desk attendant")),
    Place(COMMUNITY, LIBRARY, 8, ("Librarian", "Library assistant")),
    Place(COMMUNITY, PARKS, 7, ("Gardener", "Arborist", "Rink attendant")),
    Place(GROWTH, INVEST, 2, ("Business adviser", "Film and events officer")),
    Place(GROWTH, PLANNING, 4, ("Planner", "Plans examiner")),
    Place(WORKS, TRANSIT, 10, ("Bus operator", "Dispatcher", "Mechanic"), "ATU Local 588"),
    Place(WORKS, ROADS, 7, ("Equipment operator", "Flag person")),
    Place(WORKS, WATER, 5, ("Treatment operator", "Meter reader")),
    Place(SAFETY, FIRE, 9, ("Firefighter", "Captain", "Fire inspector"), "IAFF Local 2130"),
    Place(COUNCIL, ""),
)

R = Role
PLAYED = (
    Played(R.MANAGING_DIRECTOR, "Mateo Longreach", MANAGERS, "City manager", "Manager", Office.MANAGING_DIRECTOR, True),
    Played(
        R.HEAD_OF_COMMUNICATIONS, "Nadia Millrace", COMMUNICATIONS, "Director of communications", "Manager",
        Office.HEAD_OF_COMMUNICATIONS, True,
    ),
    Played(
        R.COMMUNICATIONS, "Theo Weirside", COMMUNICATIONS, "Communications officer", office=Office.COMMUNICATIONS
    ),
    Played(R.WEB_EDITOR, "Yuki Fallowmere", COMMUNICATIONS, "Web editor"),
    Played(R.CLERK, "Wanda Overfall", CLERKS, "City clerk", "Manager", Office.CLERK, True),
    Played(R.RECORDS, "Dilys Reedwater", CLERKS, "Records officer", office=Office.RECORDS_OFFICER),
    Played(R.AUDITOR, "Amara Stillpool", AUDIT, "Internal auditor", "Out of scope", Office.AUDITOR),
    Played(R.HR, "Priya Brookmere", PEOPLE, "HR adviser", "Out of scope", Office.HR),
    Played(
        R.ADMINISTRATOR, "Idris Rillstone", TECHNOLOGY, "Systems administrator", "Out of scope",
        Office.ADMINISTRATOR,
    ),
    Played(R.SECURITY, "Ilse Penstock", TECHNOLOGY, "IT security analyst", "Out of scope", Office.IT_SECURITY),
    Played(R.ESPLANADE_HEAD, "Éloïse Cascadden", ESPLANADE, "Director of The Esplanade", "Manager", None, True),
    Played(R.ESPLANADE_ACTING, "Benoît Marshgate", ESPLANADE, "Programming manager", "Manager"),
    Played(R.ESPLANADE_STEWARD, "Rosa Plungepool", ESPLANADE, "Marketing coordinator"),
    Played(R.TICKETING, "Mina Eddywell", TICKETS, "Box office supervisor", "Contract (fixed term)", None, True),
    Played(R.LEISURE_HEAD, "Emeka Slackwater", LEISURE, "Facility manager", "Manager", None, True),
    Played(R.LEISURE_STEWARD, "Hana Shoalby", LEISURE, "Program coordinator"),
    Played(R.LIBRARY_HEAD, "Kenji Springwell", LIBRARY, "Chief librarian", "Manager", None, True),
    Played(R.LIBRARY_STEWARD, "Zoé Pebbleford", LIBRARY, "Digital librarian"),
    Played(R.LIBRARY_DEPUTY, "Tomas Ripplewood", LIBRARY, "Programs librarian"),
    Played(R.PARKS_HEAD, "Freya Canyonfield", PARKS, "Parks manager", "Manager", None, True),
    Played(R.PARKS_STEWARD, "Anoush Meanderly", PARKS, "Community gardener"),
    Played(R.INVEST_HEAD, "Leila Fallgate", INVEST, "Director of economic development", "Manager", None, True),
    Played(R.INVEST_STEWARD, "Bram Tailrace", INVEST, "Marketing officer"),
    Played(R.TRANSIT_HEAD, "Ciaran Headrace", TRANSIT, "Transit manager", "Manager", None, True),
    Played(R.TRANSIT_STEWARD, "Leocadia Oxbow", TRANSIT, "Rider information clerk"),
    Played(R.FIRE_CHIEF, "Sunniva Boulderby", FIRE, "Fire chief", "Manager", None, True),
    Played(R.DUTY_OFFICER, "Jonas Torrentine", FIRE, "Platoon chief", office=Office.DUTY_OFFICER),
    Played(R.MAYOR, "Soren Gorgeview", COUNCIL, "Mayor", "Elected", None, True),
    Played(R.VOLUNTEER, "Otis Dripstone", LIBRARY, "Reading club volunteer", "Volunteer"),
    Played(R.CONTRACTOR, "Pavel Flumewright", COMMUNICATIONS, "Account director, Northbank Media", "Contractor"),
)  # fmt: skip
BY_ROLE = {one.role: one for one in PLAYED}

COUNCILLORS = ("Odile Sprayfield", "Kwame Ledgerock", "Ingrid Undertow", "Rafael Estuary", "Mei Whitewater")

GIVEN = (
    "Ada", "Anton", "Bea", "Callum", "Dara", "Edda", "Farid", "Greta", "Hugo", "Imani", "Jorah", "Kaia", "Lev", "Maren",
    "Nils", "Oona", "Petra", "Quincy", "Runa", "Stellan", "Thandi", "Uma", "Viggo", "Willa", "Xenia", "Yara", "Zeke",
)  # fmt: skip
FAMILY = (
    "Brookhollow", "Cataractson", "Deepford", "Eddystone", "Foamwright", "Glideway", "Harbourne-Lock", "Inletter",
    "Jettyman", "Keelwater", "Lockgate", "Millpond", "Narrowsby", "Outfallen", "Pooleside", "Quaylock", "Rapidsend",
    "Sluicegate", "Tidewell", "Upstreamer", "Vortiger", "Wavecrest", "Yawlmaker",
)  # fmt: skip
"""27 given names and 23 family names: walked in step they meet in a new pair 621 times before one comes back."""

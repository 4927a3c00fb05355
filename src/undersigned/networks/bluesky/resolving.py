"""From a handle to the server on which its account lives (AT Protocol, "Handle" and "DID").

The handle leads to a DID, the DID to a document, and the document names the handle back and the server. What it names
is somebody else's choice, so every address on the way passes :meth:`Line.safe` and the guarded pool.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from undersigned.networks.bluesky.address import DID, HANDLE
from undersigned.networks.bluesky.line import Line
from undersigned.networks.faults import Later, Reason, Refused


@dataclass(frozen=True, slots=True)
class Home:
    did: str
    server: str


def home_of(line: Line, name: str) -> Home:
    """Where the account lives. Raises Refused where the name is unknown, or its document does not confirm it."""
    name = name.strip().removeprefix("at://").removeprefix("@").lower()
    if DID.fullmatch(name):
        return Home(name, line.safe(_server(_document(line, name))))
    did = did_of(line, line.known.pds or line.known.appview, name)
    document = _document(line, did)
    if f"at://{name}" not in [str(one).lower() for one in document.get("alsoKnownAs") or []]:
        words = _("The account that %(handle)s leads to does not bear that name. Write its handle anew.")
        raise Refused(Reason.PERMISSION, words % {"handle": name})
    return Home(did, line.safe(_server(document)))


def did_of(line: Line, server: str, handle: str) -> str:
    """The DID of a handle, as a server tells it. Raises Refused(GONE) for one that nobody has."""
    if not HANDLE.fullmatch(handle):
        raise Refused(Reason.GONE, _("There is no account %(handle)s on Bluesky.") % {"handle": handle})
    try:
        body = line.open(
            server, "GET", "com.atproto.identity.resolveHandle", query={"handle": handle}
        ).object()
    except Refused as refused:
        words = _("There is no account %(handle)s on Bluesky.") % {"handle": handle}
        raise Refused(Reason.GONE, words) from refused
    did = str(body.get("did", ""))
    if not DID.fullmatch(did):
        raise Later("the answer names no account")
    return did


def _document(line: Line, did: str) -> Mapping[str, Any]:
    if did.startswith("did:web:"):
        found = line.document(f"https://{did.removeprefix('did:web:')}/.well-known/did.json")
    else:
        found = line.document(f"{line.known.directory}/{did}")
    if found.get("id") != did:
        raise Later("the document is not that of the account")
    return found


def _server(document: Mapping[str, Any]) -> str:
    for one in document.get("service") or []:
        if str(one.get("id", "")).endswith("#atproto_pds"):
            return str(one.get("serviceEndpoint", ""))
    raise Refused(Reason.GONE, _("The account lives on no server any more."))

"""A small Bluesky of our own: the account's server, the directory and the AppView in one, strict about fields and
tokens, written from the lexicons and the AT Protocol specification."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.networks.loopback import Reply, Request

from undersigned.networks.bluesky import tid

DID, HANDLE, PASSWORD = "did:plc:" + "a" * 24, "city.harrowfalls.example", "aaaa-bbbb-cccc-dddd"
FOLLOWER = "did:plc:" + "b" * 24
POST = "app.bsky.feed.post"
FIELDS = {
    POST: {"$type", "text", "createdAt", "langs", "facets", "embed", "reply"},
    "app.bsky.feed.threadgate": {"$type", "post", "createdAt", "hiddenReplies", "allow"},
}


@dataclass
class FarBluesky:
    """State and scripted faults; ``wrong`` keeps what no client may send."""

    base: str = ""
    records: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    wrong: list[object] = field(default_factory=list)
    fault: tuple[str, int, Mapping[str, str]] | None = None
    revoked: bool = False
    scope: str = "com.atproto.appPass"
    confirms: str = HANDLE
    endpoint: str = ""
    ended: int = 0
    appview: dict[str, dict[str, Any]] = field(default_factory=dict)
    meanwhile: Callable[[], object] | None = None

    def answer(self, request: Request) -> Reply:
        path, query = urlsplit(request.path).path, parse_qs(urlsplit(request.path).query)
        creating = path.endswith("repo.putRecord")
        kind, status, headers = self.fault if creating and self.fault else ("", 0, {})
        self.fault = None if creating else self.fault
        if kind in {"drop_before", "status"}:
            return Reply(status or 200, b"{}", headers, drop=kind == "drop_before")
        reply = self._routed(request, path, {name: values[0] for name, values in query.items()})
        after = {"drop_after": Reply(drop=True), "status_after": Reply(status or 200)}
        return after.get(kind, reply)

    def _routed(self, request: Request, path: str, query: Mapping[str, str]) -> Reply:
        if path == f"/{DID}":
            return self._document()
        name = path.removeprefix("/xrpc/")
        if name in self._open():
            return self._open()[name](request, query)
        token = request.headers.get("authorization", "")
        session = name in {"com.atproto.server.refreshSession", "com.atproto.server.deleteSession"}
        if self.revoked or token != f"Bearer {_token('refresh' if session else self.scope)}":
            return no(400, "ExpiredToken", "Token has been revoked")
        if name in self.appview:
            return ok(self.appview[name])
        if name not in self._doors():
            self.wrong.append(path)
            return no(501, "MethodNotImplemented", "Method Not Implemented")
        return self._doors()[name](request, query)

    def _open(self) -> dict[str, Callable[..., Reply]]:
        return {
            "com.atproto.identity.resolveHandle": self._resolve,
            "com.atproto.server.createSession": self._session,
        }

    def _doors(self) -> dict[str, Callable[..., Reply]]:
        return {
            "com.atproto.server.refreshSession": lambda _request, _query: ok(self._pair()),
            "com.atproto.server.deleteSession": self._end,
            "com.atproto.repo.putRecord": self._put,
            "com.atproto.repo.getRecord": self._get,
            "com.atproto.repo.listRecords": self._list,
            "com.atproto.repo.deleteRecord": self._delete,
            "com.atproto.repo.uploadBlob": self._blob,
        }

    def _document(self) -> Reply:
        service = {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer"}
        service["serviceEndpoint"] = self.endpoint or self.base
        return ok({"id": DID, "alsoKnownAs": [f"at://{self.confirms}"], "service": [service]})

    def _resolve(self, request: Request, query: Mapping[str, str]) -> Reply:
        known = {HANDLE: DID, "robin.example": FOLLOWER}
        if query["handle"] not in known:
            return no(400, "InvalidRequest", "Unable to resolve handle")
        return ok({"did": known[query["handle"]]})

    def _session(self, request: Request, query: Mapping[str, str]) -> Reply:
        if json.loads(request.body) != {"identifier": DID, "password": PASSWORD}:
            return no(401, "AuthenticationRequired", "Invalid identifier or password")
        return ok(self._pair())

    def _pair(self) -> dict[str, str]:
        return {
            "did": DID,
            "handle": HANDLE,
            "accessJwt": _token(self.scope),
            "refreshJwt": _token("refresh"),
        }

    def _end(self, request: Request, query: Mapping[str, str]) -> Reply:
        self.ended += 1
        return Reply(200, b"")

    def _put(self, request: Request, query: Mapping[str, str]) -> Reply:
        body = json.loads(request.body)
        self.wrong += sorted(set(body) - {"repo", "collection", "rkey", "record", "swapRecord"})
        collection, key, record = body["collection"], body["rkey"], body["record"]
        if body["repo"] != DID:
            return no(401, "AuthenticationRequired", "Authentication Required")
        self.wrong += sorted(set(record) - FIELDS[collection]) + facet_faults(record)
        self.wrong += [] if tid.SHAPE.fullmatch(key) else [f"not a key: {key}"]
        if self.meanwhile:
            self.meanwhile()
        now = self.records.get((collection, key))
        if "swapRecord" in body and body["swapRecord"] != (now and now["cid"]):
            return no(400, "InvalidSwap", "Record was at another version")
        kept = self.add(record, key, collection)
        return ok({"uri": kept["uri"], "cid": kept["cid"]})

    def add(self, record: Mapping[str, Any], key: str, collection: str = POST) -> dict[str, Any]:
        cid = hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()
        kept = {"uri": f"at://{DID}/{collection}/{key}", "cid": cid, "value": record}
        self.records[collection, key] = kept
        return kept

    def _get(self, request: Request, query: Mapping[str, str]) -> Reply:
        found = self.records.get((query["collection"], query["rkey"]))
        return ok(found) if found else no(400, "RecordNotFound", "Could not locate record")

    def _list(self, request: Request, query: Mapping[str, str]) -> Reply:
        below = query.get("cursor", "~")
        keys = sorted((k for c, k in self.records if c == query["collection"] and k < below), reverse=True)
        page = keys[: int(query["limit"])]
        body: dict[str, Any] = {"records": [self.records[query["collection"], one] for one in page]}
        return ok({**body, **({"cursor": page[-1]} if page else {})})

    def _delete(self, request: Request, query: Mapping[str, str]) -> Reply:
        body = json.loads(request.body)
        self.records.pop((body["collection"], body["rkey"]), None)
        return ok({})

    def _blob(self, request: Request, query: Mapping[str, str]) -> Reply:
        kind, size = request.headers["content-type"], len(request.body)
        ref = {"$link": hashlib.sha256(request.body).hexdigest()}
        return ok({"blob": {"$type": "blob", "ref": ref, "mimeType": kind, "size": size}})


def facet_faults(record: Mapping[str, Any]) -> list[str]:
    """A facet cuts the text at characters, does not overlap the next, and holds what its feature asks for."""
    octets, at, faults = str(record.get("text", "")).encode(), 0, []
    for facet in record.get("facets", []):
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        feature = facet["features"][0]
        needed = {"link": "uri", "tag": "tag", "mention": "did"}[feature["$type"].rpartition("#")[2]]
        octets[start:end].decode()
        if not at <= start < end <= len(octets) or set(feature) != {"$type", needed}:
            faults.append(f"facet {facet}")
        at = end
    return faults


def _token(scope: str) -> str:
    """Shaped as a JSON Web Token: the middle tells the scope, and an end in the year 2100."""
    claims = json.dumps({"scope": scope, "exp": 4_102_444_800}).encode()
    return f"h.{urlsafe_b64encode(claims).decode().rstrip('=')}.s"


def ok(body: object) -> Reply:
    return Reply(200, json.dumps(body).encode())


def no(status: int, error: str, message: str) -> Reply:
    return Reply(status, json.dumps({"error": error, "message": message}).encode())

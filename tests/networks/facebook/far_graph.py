"""A small Graph of our own: strict about proofs, tokens, parameters and pictures; from the vendor's documentation."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.networks.loopback import Reply, Request

APP, SECRET = "3100", "app-secret"
PAGE, PERSON = "1001", "5005"
BACK = "http://localhost:8000/networks/facebook/callback"
FEED = {"message", "link", "attached_media", "appsecret_proof"}
PHOTO = {"source", "published", "alt_text_custom", "appsecret_proof"}


@dataclass
class FarGraph:
    """State and scripted faults; ``wrong`` keeps what no client may send."""

    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    photos: dict[str, str] = field(default_factory=dict)
    wrong: list[object] = field(default_factory=list)
    fault: tuple[str, int, Mapping[str, str]] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    dead: int = 0
    forbidden: bool = False
    count: int = 100
    creates: str = f"{PAGE}/feed"

    def answer(self, request: Request) -> Reply:
        path, given = urlsplit(request.path).path, self._given(request)
        creating = (request.method, path) == ("POST", f"/v26.0/{self.creates}")
        kind, status, headers = self.fault if creating and self.fault else ("", 0, {})
        self.fault = None if creating else self.fault
        if kind in {"drop_before", "status"}:
            return Reply(status or 200, b"{}", headers, drop=kind == "drop_before")
        reply = self._routed(request, path, given)
        after = {"drop_after": Reply(drop=True), "status_after": Reply(status or 200)}
        return after.get(kind, reply)

    def _given(self, request: Request) -> dict[str, Any]:
        found: dict[str, Any] = dict(parse_qsl(urlsplit(request.path).query))
        kind = request.headers.get("content-type", "")
        if kind.startswith("multipart/"):
            whole = BytesParser().parsebytes(f"content-type: {kind}\r\n\r\n".encode() + request.body)
            for part in whole.walk():
                name = part.get_param("name", header="content-disposition")
                if name:
                    found[str(name)] = part.get_payload(decode=True)
            return {k: v if k == "source" else _plain(v) for k, v in found.items()}
        return {**found, **dict(parse_qsl(request.body.decode()))}

    def _routed(self, request: Request, path: str, given: dict[str, Any]) -> Reply:
        if path == "/v26.0/dialog/oauth":
            return Reply(302, b"", {"location": f"{BACK}?code=c0de&state={given['state']}#_=_"})
        if path == "/v26.0/oauth/access_token":
            return self._token(given)
        refused = self._refused(request, given)
        if refused is not None:
            return refused
        for (method, pattern), do in self._doors().items():
            found = re.fullmatch(f"/v26.0/{pattern}", path)
            if found and method == request.method:
                return do(given, *found.groups())
        self.wrong.append(f"{request.method} {path}")
        return error(2500, f"Unknown path components: {path}")

    def _refused(self, request: Request, given: dict[str, Any]) -> Reply | None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if "access_token" in given or not token:
            self.wrong.append("a token in an address, or none at all")
        wanted = hmac.new(SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()
        if given.get("appsecret_proof") != wanted:
            self.wrong.append("no proof")
            return error(100, "Invalid appsecret_proof provided in the API argument")
        return error(190, "Error validating access token", self.dead) if self.dead else None

    def _doors(self) -> dict[tuple[str, str], Callable[..., Reply]]:
        return {
            ("GET", "me"): lambda given: ok({"id": PERSON, "name": "Kim Register"}),
            ("GET", "me/permissions"): lambda given: listed(
                [
                    {"permission": "pages_manage_posts", "status": "granted"},
                    {"permission": "business_management", "status": "declined"},
                ]
            ),
            ("GET", "me/accounts"): lambda given: listed(
                [
                    {
                        "id": PAGE,
                        "name": "City of Harrow Falls",
                        "username": "harrowfalls",
                        "access_token": "p4ge",
                    }
                ]
            ),
            ("GET", PAGE): lambda given: ok({"id": PAGE}),
            ("GET", "debug_token"): self._debugged,
            ("DELETE", "(me|5005)/permissions"): self._removed,
            ("POST", f"{PAGE}/feed"): self._feed,
            ("POST", f"{PAGE}/photos"): self._photo,
            ("GET", f"{PAGE}/published_posts"): self._published,
            ("GET", r"(\d+_\d+)"): lambda given, post: self._one(post),
            ("GET", r"(\d+)"): lambda given, photo: (
                ok({"id": photo}) if photo in self.photos else missing("get", photo)
            ),
            ("POST", r"(\d+_\d+)"): self._edit,
            ("DELETE", r"(\w+)"): self._delete,
        }

    def _token(self, given: dict[str, Any]) -> Reply:
        if (given.get("client_id"), given.get("client_secret")) != (APP, SECRET):
            return error(1, "Error validating client secret.")
        if given.get("grant_type") == "fb_exchange_token":
            return ok({"access_token": "l0ng", "expires_in": 5_184_000})
        if given.get("redirect_uri") != BACK:
            self.wrong.append("another return address")
        return ok({"access_token": "sh0rt", "expires_in": 3_600})

    def _debugged(self, given: dict[str, Any]) -> Reply:
        kind = "PAGE" if given["input_token"] == "p4ge" else "USER"
        return ok({"data": {"is_valid": not self.removed, "type": kind, "user_id": PERSON}})

    def _removed(self, given: dict[str, Any], who: str) -> Reply:
        self.removed.append(who)
        return ok({"success": True})

    def _feed(self, given: dict[str, Any]) -> Reply:
        self.wrong += sorted(set(given) - FEED)
        photos = [one["media_fbid"] for one in json.loads(given.get("attached_media", "[]"))]
        if set(photos) - set(self.photos):
            self.wrong.append("a picture that was never uploaded")
        last = next(reversed(self.posts.values()), None)
        if last and not photos and last["message"] == given.get("message"):
            return error(506, "(#506) Duplicate status message", 1_455_006)
        return ok({"id": self.add(given.get("message", ""), photos, APP)})

    def _photo(self, given: dict[str, Any]) -> Reply:
        self.wrong += sorted(set(given) - PHOTO)
        if given.get("published") != "false" or not given.get("source"):
            self.wrong.append("a picture that would be seen before its post")
        self.count += 1
        self.photos[str(self.count)] = given.get("alt_text_custom", "")
        return ok({"id": str(self.count)})

    def add(self, message: str, photos: list[str] | None = None, application: str = "") -> str:
        self.count += 1
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
        post = f"{PAGE}_{self.count}"
        self.posts[post] = {"message": message, "photos": photos or [], "app": application, "at": now}
        return post

    def _published(self, given: dict[str, Any]) -> Reply:
        ids = list(reversed(self.posts))
        start = ids.index(given["after"]) + 1 if "after" in given else 0
        page = ids[start : start + int(given["limit"])]
        more = start + len(page) < len(ids)
        return listed([self._shown(one) for one in page], page[-1] if more else "", self.headers)

    def _one(self, post: str) -> Reply:
        return ok(self._shown(post)) if post in self.posts else missing("get", post)

    def _edit(self, given: dict[str, Any], post: str) -> Reply:
        self.posts[post]["message"] = given["message"]
        return ok({"success": True})

    def _delete(self, given: dict[str, Any], node: str) -> Reply:
        if self.forbidden or (self.posts.pop(node, None) is None and self.photos.pop(node, None) is None):
            return missing("delete", node)
        return ok({"success": True})

    def _shown(self, post: str) -> dict[str, Any]:
        kept = self.posts[post]
        pictures = [{"media_type": "photo"} for _photo in kept["photos"]]
        if len(pictures) > 1:
            pictures = [{"media_type": "album", "subattachments": {"data": pictures}}]
        shown = {
            "id": post,
            "message": kept["message"],
            "created_time": kept["at"],
            "updated_time": kept["at"],
        }
        by = {"application": {"id": kept["app"], "name": "Undersigned"}} if kept["app"] else {}
        return {**shown, **by, "is_published": True, "attachments": {"data": pictures}}


def _plain(value: object) -> object:
    return value.decode() if isinstance(value, bytes) else value


def ok(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(status, json.dumps(body).encode(), headers or {})


def listed(data: list[Any], after: str = "", headers: Mapping[str, str] | None = None) -> Reply:
    paging = {"paging": {"cursors": {"after": after}, "next": "https://elsewhere.example/"}} if after else {}
    return ok({"data": data, **paging}, 200, headers)


def error(code: int, message: str, subcode: int = 0, status: int = 400, **more: object) -> Reply:
    told = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "AbC", **more}
    return ok({"error": {**told, **({"error_subcode": subcode} if subcode else {})}}, status)


def missing(verb: str, node: str) -> Reply:
    words = f"Unsupported {verb} request. Object with ID '{node}' does not exist or cannot be loaded"
    return error(100, words, 33)

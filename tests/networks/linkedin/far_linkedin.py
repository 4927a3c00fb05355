"""A small LinkedIn of our own: strict about versions, names in addresses, little text and bodies, written from the
vendor's documentation."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from tests.networks.loopback import Reply, Request

PAGE = "2414183"
ORGANISATION = f"urn:li:organization:{PAGE}"
BACK = "http://localhost:8000/networks/linkedin/callback"
APP, SECRET = "86linked", "secret"
BODY = {"author", "commentary", "visibility", "distribution", "lifecycleState", "content"}
ESCAPED = re.compile(r"\\[\\|{}@\[\]()<>#*_~]")
TAG = re.compile(r"\{hashtag\|\\#\|[^\\|{}@\[\]()<>#*_~\s]+\}")
PLAIN = re.compile(r"[^\\|{}@\[\]()<>#*_~]+")


@dataclass
class FarLinkedIn:
    """State and scripted faults; ``wrong`` keeps what no client may send."""

    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    images: dict[str, bool] = field(default_factory=dict)
    wrong: list[object] = field(default_factory=list)
    fault: tuple[str, int, Mapping[str, str]] | None = None
    base: str = ""
    revoked: bool = False
    role: bool = True
    ghosts: bool = False
    uploads_to: str = ""
    count: int = 7_400_000_000_000_000_000

    def answer(self, request: Request) -> Reply:
        parts = urlsplit(request.path)
        creating = (request.method, parts.path) == ("POST", "/rest/posts")
        kind, status, headers = self.fault if creating and self.fault else ("", 0, {})
        self.fault = None if creating else self.fault
        if kind in {"drop_before", "status"}:
            return Reply(status or 200, b"{}", headers, drop=kind == "drop_before")
        reply = self._routed(request, parts.path, parse_qs(parts.query))
        after = {
            "drop_after": Reply(drop=True),
            "status_after": Reply(status or 200),
            "no_id": Reply(201, b""),
        }
        return after.get(kind, reply)

    def _routed(self, request: Request, path: str, query: Mapping[str, list[str]]) -> Reply:
        if path == "/oauth/authorization":
            self.wrong += [name for name in query if name.startswith("code_")]
            return Reply(302, b"", {"location": f"{BACK}?state={query['state'][0]}&code=c0de"})
        if path == "/oauth/accessToken":
            return self._token(request)
        if self.revoked or request.headers.get("authorization") != "Bearer acc3ss":
            return problem(401, "The token used in the request has been revoked", "REVOKED_ACCESS_TOKEN")
        if path.startswith("/rest/"):
            self._headers(request, path)
        for (method, pattern), do in self._doors().items():
            found = re.fullmatch(pattern, path)
            if found and method == request.method:
                return do(request, query, *map(unquote, found.groups()))
        self.wrong.append(f"{request.method} {path}")
        return problem(404, "No virtual resource found", "RESOURCE_NOT_FOUND")

    def _headers(self, request: Request, path: str) -> None:
        if not re.fullmatch(r"20\d{4}", request.headers.get("linkedin-version", "")):
            self.wrong.append("no version")
        if request.headers.get("x-restli-protocol-version") != "2.0.0":
            self.wrong.append("no protocol version")
        if ":" in path and "organizationAuthorizations" not in path:
            self.wrong.append(f"a name is not encoded: {path}")
        if "urn:" in urlsplit(request.path).query:
            self.wrong.append(f"a name is not encoded: {request.path}")

    def _doors(self) -> dict[tuple[str, str], Callable[..., Reply]]:
        return {
            ("GET", "/v2/userinfo"): self._me,
            ("GET", "/rest/organizationAcls"): self._roles,
            ("GET", r"/rest/organizationAuthorizations/\(.*\)"): self._may,
            ("GET", rf"/rest/organizations/{PAGE}"): self._page,
            ("POST", "/rest/images"): self._prepare,
            ("PUT", "/up/([^/]+)"): self._upload,
            ("POST", "/rest/posts"): self._create,
            ("GET", "/rest/posts"): self._list,
            ("GET", "/rest/posts/([^/]+)"): self._one,
            ("POST", "/rest/posts/([^/]+)"): self._edit,
            ("DELETE", "/rest/posts/([^/]+)"): self._delete,
        }

    def _token(self, request: Request) -> Reply:
        form = parse_qs(request.body.decode())
        if form.get("client_secret") != [SECRET]:
            return ok({"error": "invalid_client", "error_description": "Client authentication failed"}, 401)
        self.wrong += [name for name in form if name == "code_verifier"]
        if form["grant_type"] == ["refresh_token"] and self.revoked:
            return ok({"error": "invalid_grant"}, 400)
        more = {"refresh_token": "r3fresh", "refresh_token_expires_in": 31_536_000}
        return ok(
            {"access_token": "acc3ss", "expires_in": 5_184_000, "scope": "w_organization_social", **more}
        )

    def _me(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        return ok({"sub": "K1m", "name": "Kim Register"})

    def _roles(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        row = {"organization": ORGANISATION, "roleAssignee": "urn:li:person:K1m"}
        return listed([{**row, "role": "ADMINISTRATOR", "state": "SOMETHING_NEW"}], query)

    def _may(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        word = "Approved" if self.role else "Denied"
        return ok({"status": {f"com.linkedin.organization.{word}": {}}})

    def _page(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        return ok(
            {"id": int(PAGE), "localizedName": "City of Harrow Falls", "vanityName": "city-of-harrow-falls"}
        )

    def _prepare(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        self.count += 1
        name = f"urn:li:image:{self.count}"
        self.images[name] = False
        address = f"{self.uploads_to or self.base}/up/{quote(name, safe='')}"
        return ok({"value": {"uploadUrl": address, "image": name}})

    def _upload(self, request: Request, query: Mapping[str, list[str]], name: str) -> Reply:
        self.images[name] = bool(request.body)
        return Reply(201, b"")

    def _create(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        body = json.loads(request.body)
        self.wrong += sorted(set(body) - BODY)
        if not self.role:
            return problem(403, "Field Value validation failed in REQUEST_BODY", "ACCESS_DENIED")
        stored, content = cut(body["commentary"]), body.get("content")
        for post, one in self.posts.items():
            if (one["stored"], one["content"]) == (stored, content) and (self.ghosts or not one["gone"]):
                return duplicate(post)
        return Reply(201, b"", {"x-restli-id": self._made(stored, content)})

    def add(self, text: str) -> str:
        return self._made(re.sub(r"[\\|{}@\[\]()<>#*_~]", r"\\\g<0>", text), None)

    def _made(self, stored: str, content: object) -> str:
        self.count += 4_194_304
        at = int(datetime.now(UTC).timestamp() * 1000)
        name = f"urn:li:share:{self.count}"
        self.posts[name] = {"stored": stored, "content": content, "at": at, "gone": False}
        return name

    def _list(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        if request.headers.get("x-restli-method") != "FINDER":
            self.wrong.append("a finder without its method")
        names = [name for name, one in reversed(self.posts.items()) if not one["gone"]]
        return listed([self._shown(name) for name in names], query)

    def _one(self, request: Request, query: Mapping[str, list[str]], post: str) -> Reply:
        if post not in self.posts or self.posts[post]["gone"]:
            return problem(404, f"Could not find post {post}", "NOT_FOUND")
        return ok(self._shown(post))

    def _edit(self, request: Request, query: Mapping[str, list[str]], post: str) -> Reply:
        if request.headers.get("x-restli-method") != "PARTIAL_UPDATE":
            self.wrong.append("a change without its method")
        self.posts[post]["stored"] = cut(json.loads(request.body)["patch"]["$set"]["commentary"])
        return Reply(204, b"")

    def _delete(self, request: Request, query: Mapping[str, list[str]], post: str) -> Reply:
        self.posts[post]["gone"] = True
        return Reply(204, b"")

    def _shown(self, post: str) -> dict[str, Any]:
        kept = self.posts[post]
        body = {"id": post, "commentary": kept["stored"], "createdAt": kept["at"]}
        return body | ({"content": kept["content"]} if kept["content"] else {})


def cut(text: str) -> str:
    """What the network keeps: everything down to the first sign that means something and is not escaped."""
    at = 0
    while found := ESCAPED.match(text, at) or TAG.match(text, at) or PLAIN.match(text, at):
        at = found.end()
    return text[:at]


def listed(rows: list[dict[str, Any]], query: Mapping[str, list[str]]) -> Reply:
    start, count = int(query["start"][0]), int(query["count"][0])
    links = [{"rel": "next", "href": ""}] if start + count < len(rows) else []
    return ok({"elements": rows[start : start + count], "paging": {"links": links}})


def duplicate(post: str) -> Reply:
    said = {"description": "Duplicate post is detected", "code": "DUPLICATE_POST"}
    message = f"Content is a duplicate of {post}"
    return ok({"message": message, "errorDetails": {"inputErrors": [said]}, "status": 422}, 422)


def ok(body: object, status: int = 200) -> Reply:
    return Reply(status, json.dumps(body).encode())


def problem(status: int, message: str, code: str) -> Reply:
    return ok({"status": status, "message": message, "code": code}, status)

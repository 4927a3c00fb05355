"""A small server of Mastodon's kind of our own: strict about fields, scopes of addresses and tokens, written from its
documentation. ``manners`` says whose ways it has: ``mastodon``, or ``other`` for servers that ignore the key against
doubles, send no ``Link``, number by ULID-like words and answer 400 in plain text to a bad token."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.networks.loopback import Reply, Request

ACCOUNT = "109501"
BACK = "http://localhost:8000/networks/mastodon/callback"
BODY = {
    "status", "media_ids", "visibility", "language", "in_reply_to_id", "spoiler_text", "sensitive",
}  # fmt: skip
LINK = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)]")


@dataclass
class FarMastodon:
    """State and scripted faults; ``wrong`` keeps what no client may send."""

    manners: str = "mastodon"
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    media: dict[str, dict[str, Any]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    wrong: list[object] = field(default_factory=list)
    fault: tuple[str, int, Mapping[str, str]] | None = None
    characters: int = 500
    revoked: bool = False
    count: int = 118_000_000

    def answer(self, request: Request) -> Reply:
        path, query = urlsplit(request.path).path, parse_qs(urlsplit(request.path).query)
        creating = (request.method, path) == ("POST", "/api/v1/statuses")
        kind, status, headers = self.fault if creating and self.fault else ("", 0, {})
        self.fault = None if creating else self.fault
        if kind in {"drop_before", "status"}:
            return Reply(status or 200, b"{}", headers, drop=kind == "drop_before")
        reply = self._routed(request, path, query)
        after = {"drop_after": Reply(drop=True), "status_after": Reply(status or 200)}
        return after.get(kind, reply)

    def _routed(self, request: Request, path: str, query: Mapping[str, list[str]]) -> Reply:
        if path in self._open_doors():
            return self._open_doors()[path](request, query)
        if self.revoked or request.headers.get("authorization") != "Bearer acc3ss":
            return self._unknown_token()
        for (method, pattern), do in self._doors().items():
            found = re.fullmatch(pattern, path)
            if found and method == request.method:
                return do(request, query, *found.groups())
        self.wrong.append(f"{request.method} {path}")
        return ok({"error": "Record not found"}, 404)

    def _unknown_token(self) -> Reply:
        if self.manners == "other":
            return Reply(400, b"Bad Request", {"content-type": "text/plain"})
        return ok({"error": "The access token is invalid"}, 401)

    def _open_doors(self) -> dict[str, Callable[..., Reply]]:
        return {
            "/api/v1/apps": self._register,
            "/oauth/authorize": self._authorize,
            "/oauth/token": self._token,
            "/api/v2/instance": self._instance,
            "/api/v1/instance": self._instance,
        }

    def _doors(self) -> dict[tuple[str, str], Callable[..., Reply]]:
        return {
            ("GET", "/api/v1/accounts/verify_credentials"): self._me,
            ("POST", "/api/v1/statuses"): self._create,
            ("GET", r"/api/v1/statuses/(\w+)"): self._one,
            ("PUT", r"/api/v1/statuses/(\w+)"): self._change,
            ("DELETE", r"/api/v1/statuses/(\w+)"): self._delete,
            ("GET", rf"/api/v1/accounts/{ACCOUNT}/statuses"): self._timeline,
            ("POST", "/api/v2/media"): self._upload,
            ("GET", r"/api/v1/media/(\w+)"): self._processed,
        }

    def _register(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        body = json.loads(request.body)
        self.wrong += sorted(set(body) - {"client_name", "redirect_uris", "scopes", "website"})
        return ok({"client_id": "client", "client_secret": "secret", "name": body["client_name"]})

    def _authorize(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        if query.get("code_challenge_method") != ["S256"]:
            self.wrong.append("no code_challenge")
        return Reply(302, b"", {"location": f"{BACK}?state={query['state'][0]}&code=c0de"})

    def _token(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        form = parse_qs(request.body.decode())
        if form.get("client_secret") != ["secret"] or not form.get("code_verifier"):
            self.wrong.append(f"token: {sorted(form)}")
        scope = "read write:statuses write:media"
        return ok({"access_token": "acc3ss", "token_type": "Bearer", "scope": scope, "created_at": 1})

    def _instance(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        if self.manners == "other" and "/v2/" in request.path:
            return ok({"error": "Not Found"}, 404)
        statuses = {"max_characters": self.characters, "characters_reserved_per_url": 23}
        return ok({"version": "0.17.3+git-0000", "configuration": {"statuses": statuses}})

    def _me(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        url = "https://social.harrowfalls.example/@city"
        return ok({"id": ACCOUNT, "acct": "city", "display_name": "City of Harrow Falls", "url": url})

    def _create(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        body, key = json.loads(request.body), request.headers.get("idempotency-key", "")
        self.wrong += sorted(set(body) - BODY) + ([] if key else ["no Idempotency-Key"])
        if self.manners == "mastodon" and key in self.keys:
            return ok(self._shown(self.keys[key]))
        if any(self.media[one]["waits"] for one in body.get("media_ids", [])):
            return ok({"error": "Cannot attach files that have not finished processing."}, 422)
        self.keys[key] = self.add(body["status"], body.get("media_ids", []), "Undersigned")
        return ok(self._shown(self.keys[key]))

    def add(self, text: str, media: list[str] | None = None, application: str = "Web") -> str:
        self.count += 4_194
        made = f"01J{self.count}" if self.manners == "other" else str(self.count)
        self.posts[made] = {"text": text, "media": media or [], "at": datetime.now(UTC), "by": application}
        return made

    def _one(self, request: Request, query: Mapping[str, list[str]], post: str) -> Reply:
        return ok(self._shown(post)) if post in self.posts else ok({"error": "Record not found"}, 404)

    def _change(self, request: Request, query: Mapping[str, list[str]], post: str) -> Reply:
        body = json.loads(request.body)
        self.wrong += sorted(set(body) - (BODY - {"visibility", "in_reply_to_id"}))
        self.posts[post] |= {"text": body["status"], "media": body.get("media_ids", [])}
        return ok(self._shown(post))

    def _delete(self, request: Request, query: Mapping[str, list[str]], post: str) -> Reply:
        reply = self._one(request, query, post)
        self.posts.pop(post, None)
        return reply

    def _timeline(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        since, below = query.get("since_id", [""])[0], query.get("max_id", ["~"])[0]
        since = since if self.manners == "mastodon" else ""
        ids = sorted((one for one in self.posts if since < one < below), reverse=True)
        page = ids[: int(query["limit"][0])]
        more = f'<http://h/?max_id={page[-1]}>; rel="next"' if len(page) < len(ids) else ""
        headers = {"link": more} if self.manners == "mastodon" else {}
        return Reply(200, json.dumps([self._shown(one) for one in page]).encode(), headers)

    def _upload(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        said = re.search(rb'name="description"\r\n(?:[^\r]+\r\n)*\r\n(.*?)\r\n--', request.body, re.DOTALL)
        self.count += 1
        self.media[str(self.count)] = {"alt": said[1].decode() if said else "", "waits": 1}
        return ok({"id": str(self.count), "url": None}, 202)

    def _processed(self, request: Request, query: Mapping[str, list[str]], upload: str) -> Reply:
        waits = self.media[upload]["waits"]
        self.media[upload]["waits"] = max(0, waits - 1)
        return ok({"id": upload}, 206 if waits else 200)

    def _shown(self, post: str) -> dict[str, Any]:
        kept = self.posts[post]
        shown = {"id": post, "created_at": kept["at"].isoformat(), "content": markup(kept["text"])}
        media = [{"id": one, "description": self.media[one]["alt"]} for one in kept["media"]]
        application = {"application": {"name": kept["by"]}} if self.manners == "mastodon" else {}
        return {**shown, "media_attachments": media, "account": {"id": ACCOUNT}, **application}


def markup(text: str) -> str:
    """HTML as Mastodon makes it: paragraphs, line ends, and addresses cut into what shows and what does not."""
    whole, at = "", 0
    for found in LINK.finditer(text):
        start, rest = re.match(r"https?://(?:www\.)?", found[0]), found[0]
        cut = start.end() if start else 0
        hidden = f'<span class="invisible">{html.escape(rest[cut + 30 :])}</span>'
        shown = f'<span class="ellipsis">{html.escape(rest[cut : cut + 30])}</span>{hidden}'
        begin = f'<span class="invisible">{html.escape(rest[:cut])}</span>'
        whole += html.escape(text[at : found.start()])
        whole += f'<a href="{html.escape(rest)}">{begin}{shown}</a>'
        at = found.end()
    whole += html.escape(text[at:])
    paragraphs = [one.replace("\n", "<br />") for one in re.split(r"\n{2,}", whole.strip())]
    return "".join(f"<p>{one}</p>" for one in paragraphs)


def ok(body: object, status: int = 200) -> Reply:
    return Reply(status, json.dumps(body).encode(), {"content-type": "application/json"})

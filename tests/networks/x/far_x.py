"""A small X of our own: strict about fields and tokens, written from the vendor's specification and documentation."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.networks.loopback import Reply, Request

ACCOUNT = "2244994945"
BACK = "http://localhost:8000/networks/x/callback"
BODY = {"text", "media", "reply", "reply_settings"}
OLDER = {"edit_history_post_ids": "edit_history_tweet_ids", "referenced_posts": "referenced_tweets"}


@dataclass
class FarX:
    """State and scripted faults; ``wrong`` keeps what no client may send."""

    vocabulary: str = "post"
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    wrong: list[object] = field(default_factory=list)
    fault: tuple[str, int, Mapping[str, str]] | None = None
    revoked: bool = False
    count: int = 1_700_000_000_000_000_000

    def answer(self, request: Request) -> Reply:
        path, query = urlsplit(request.path).path, parse_qs(urlsplit(request.path).query)
        creating = (request.method, path) == ("POST", "/2/tweets")
        kind, status, headers = self.fault if creating and self.fault else ("", 0, {})
        self.fault = None if creating else self.fault
        if kind in {"drop_before", "status"}:
            return Reply(status or 200, b"{}", headers, drop=kind == "drop_before")
        reply = self._routed(request, path, query)
        after = {"drop_after": Reply(drop=True), "status_after": Reply(status or 200)}
        return after.get(kind, reply)

    def _routed(self, request: Request, path: str, query: Mapping[str, list[str]]) -> Reply:
        if path == "/authorize":
            location = f"{BACK}?state={query['state'][0]}&code=c0de"
            return Reply(302, b"", {"location": location})
        if path == "/token":
            return self._token(request)
        if self.revoked or request.headers.get("authorization") != "Bearer acc3ss":
            return problem(401, "Unauthorized")
        for (method, pattern), do in self._doors().items():
            found = re.fullmatch(pattern, path)
            if found and method == request.method:
                return do(request, query, *found.groups())
        self.wrong.append(f"{request.method} {path}")
        return problem(404, "Not Found")

    def _doors(self) -> dict[tuple[str, str], Callable[..., Reply]]:
        return {
            ("GET", "/2/users/me"): self._me,
            ("POST", "/2/tweets"): self._create,
            ("GET", r"/2/tweets/(\d+)"): self._one,
            ("DELETE", r"/2/tweets/(\d+)"): self._delete,
            ("GET", rf"/2/users/{ACCOUNT}/tweets"): self._timeline,
            ("POST", "/2/media/upload"): self._upload,
            ("POST", "/2/media/metadata"): self._describe,
        }

    def _token(self, request: Request) -> Reply:
        form = parse_qs(request.body.decode())
        if self.revoked:
            said = {
                "error": "invalid_request",
                "error_description": "Value passed for the token was invalid.",
            }
            return ok(said, 400)
        if form["grant_type"] == ["authorization_code"] and not form.get("code_verifier"):
            self.wrong.append("no code_verifier")
        return ok({"access_token": "acc3ss", "refresh_token": "r3fresh", "expires_in": 7200})

    def _me(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        return ok({"data": {"id": ACCOUNT, "username": "harrowfalls", "name": "City of Harrow Falls"}})

    def _create(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        body = json.loads(request.body)
        self.wrong += sorted(set(body) - BODY)
        if any(one["typed"] == body.get("text") for one in self.posts.values()):
            return problem(403, "You are not allowed to create a Tweet with duplicate content.")
        made = self.add(body.get("text", ""), body.get("media", {}).get("media_ids", []))
        return ok({"data": {"id": made, "text": body.get("text", "")}}, 201)

    def add(self, text: str, media: list[str] | None = None) -> str:
        self.count += 4_194_304
        self.posts[str(self.count)] = {"typed": text, "media": media or [], "at": datetime.now(UTC)}
        return str(self.count)

    def _one(self, request: Request, query: Mapping[str, list[str]], post: str) -> Reply:
        self._vocabulary_of(query)
        if post in self.posts:
            return ok({"data": self._shown(post)})
        kind = "https://api.x.com/2/problems/resource-not-found"
        return ok({"errors": [{"type": kind, "detail": f"Could not find tweet with id: [{post}]."}]})

    def _delete(self, request: Request, query: Mapping[str, list[str]], post: str) -> Reply:
        if self.posts.pop(post, None) is None:
            return problem(404, "Not Found")
        return ok({"data": {"deleted": True}})

    def _timeline(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        self._vocabulary_of(query)
        since, below = (
            int(query.get("since_id", ["0"])[0]),
            int(query.get("pagination_token", [str(10**19)])[0]),
        )
        ids = sorted((int(one) for one in self.posts if since < int(one) < below), reverse=True)
        page = ids[: int(query["max_results"][0])]
        more: dict[str, Any] = {"next_token": str(page[-1])} if len(page) < len(ids) else {}
        data: dict[str, Any] = {"data": [self._shown(str(one)) for one in page]} if page else {}
        return ok({**data, "meta": {"result_count": len(page), **more}})

    def _vocabulary_of(self, query: Mapping[str, list[str]]) -> None:
        if f"{self.vocabulary}.fields" not in query:
            self.wrong.append(f"not in the words of {self.vocabulary}: {sorted(query)}")

    def _upload(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        if b"tweet_image" not in request.body:
            self.wrong.append("an upload without its category")
        self.count += 1
        self.media[str(self.count)] = ""
        return ok({"data": {"id": str(self.count), "expires_after_secs": 86_400}})

    def _describe(self, request: Request, query: Mapping[str, list[str]]) -> Reply:
        body = json.loads(request.body)
        self.media[body["id"]] = body["metadata"]["alt_text"]["text"]
        return ok({"data": {"id": body["id"]}})

    def _shown(self, post: str) -> dict[str, Any]:
        """Links become short, ``&``, ``<`` and ``>`` become entities, a link to the pictures is put behind."""
        kept, urls = self.posts[post], []
        text = str(kept["typed"])
        for at, link in enumerate(re.findall(r"https?://\S+", text)):
            urls.append({"url": f"https://t.co/{post[-6:]}{at}", "expanded_url": link})
        for entity in urls:
            text = text.replace(entity["expanded_url"], entity["url"])
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if kept["media"]:
            urls.append({"url": "https://t.co/pic", "expanded_url": f"https://x.com/h/status/{post}/photo/1"})
            text += " https://t.co/pic"
        shown = {"id": post, "text": text, "created_at": kept["at"].isoformat(), "entities": {"urls": urls}}
        shown |= {"edit_history_post_ids": [post], "attachments": {"media_keys": kept["media"]}}
        older = self.vocabulary == "tweet"
        return {(OLDER.get(name, name) if older else name): value for name, value in shown.items()}


def ok(body: object, status: int = 200) -> Reply:
    return Reply(status, json.dumps(body).encode())


def problem(status: int, detail: str) -> Reply:
    return ok({"title": "Problem", "type": "about:blank", "status": status, "detail": detail}, status)

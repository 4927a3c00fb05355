"""A small Instagram of our own, over the Graph: containers with their life, one post from each, a quota, comments."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from tests.networks.facebook.far_graph import PAGE, FarGraph, error, listed, missing, ok
from tests.networks.loopback import Reply

from undersigned.networks.protocol import Medium

ACCOUNT = "17841400000000001"
OF_CONTAINER = {
    "image_url", "video_url", "caption", "alt_text", "media_type", "children", "is_carousel_item", "appsecret_proof",
}  # fmt: skip


def jpeg(alt: str = "A plain grey square", name: str = "1") -> Medium:
    octets = b"\xff\xd8\xff" + name.encode()
    address = f"https://harrowfalls.example/media/{name}.jpg?signature=s3cret"
    digest = sha256(octets).hexdigest()
    return Medium(digest, "image/jpeg", 3, 1080, 1080, lambda: octets, alt, public_url=lambda: address)


@dataclass
class FarInstagram(FarGraph):
    """``pending`` says for how many readings a new container is still in progress."""

    containers: dict[str, dict[str, Any]] = field(default_factory=dict)
    media: dict[str, dict[str, Any]] = field(default_factory=dict)
    remarks: dict[str, dict[str, Any]] = field(default_factory=dict)
    pending: int = 0
    quota: int = 100
    creates: str = f"{ACCOUNT}/media_publish"

    def _doors(self) -> dict[tuple[str, str], Callable[..., Reply]]:
        account = {"id": ACCOUNT, "username": "harrowfalls", "name": "City of Harrow Falls"}
        page = {"id": PAGE, "access_token": "p4ge", "instagram_business_account": account}
        return {
            **{door: do for door, do in super()._doors().items() if door[1] in {"me", "me/permissions"}},
            ("GET", "me/accounts"): lambda given: listed([page, {"id": "1002", "access_token": "other"}]),
            ("GET", ACCOUNT): lambda given: ok(account),
            ("GET", "debug_token"): lambda given: ok({"data": {"is_valid": True, "type": "PAGE"}}),
            ("GET", f"{ACCOUNT}/content_publishing_limit"): self._limit,
            ("POST", f"{ACCOUNT}/media"): self._contain,
            ("POST", f"{ACCOUNT}/media_publish"): self._publish,
            ("GET", f"{ACCOUNT}/media"): self._list,
            ("GET", f"{ACCOUNT}/tags"): lambda given: listed([]),
            ("GET", r"(c\d+)"): self._status,
            ("GET", r"(m\d+)"): lambda given, post: (
                ok(self.media[post]) if post in self.media else missing("get", post)
            ),
            ("POST", r"(m\d+)"): self._close,
            ("GET", r"(m\d+)/comments"): self._comments,
            ("POST", r"(r\d+)"): self._hide,
            ("POST", r"(r\d+)/replies"): self._reply,
        }

    def _limit(self, given: dict[str, Any]) -> Reply:
        return listed([{"quota_usage": len(self.media), "config": {"quota_total": self.quota}}])

    def _contain(self, given: dict[str, Any]) -> Reply:
        self.wrong += sorted(set(given) - OF_CONTAINER)
        children = json.loads(given.get("children", "[]"))
        carousel = given.get("media_type") == "CAROUSEL"
        if carousel != bool(children) or (carousel and not 2 <= len(children) <= 10):
            self.wrong.append(f"a carousel of {len(children)}")
        if not carousel and not str(given.get("image_url", given.get("video_url", ""))).startswith(
            "https://"
        ):
            self.wrong.append("a container of nothing")
        if any(not self.containers[child].get("is_carousel_item") for child in children):
            self.wrong.append("a child that is none")
        self.count += 1
        self.containers[f"c{self.count}"] = {**given, "status_code": "FINISHED", "pending": self.pending}
        return ok({"id": f"c{self.count}"})

    def _status(self, given: dict[str, Any], container: str) -> Reply:
        if container not in self.containers:
            return missing("get", container)
        kept = self.containers[container]
        kept["pending"] -= 1
        return ok(
            {"id": container, "status_code": "IN_PROGRESS" if kept["pending"] >= 0 else kept["status_code"]}
        )

    def _publish(self, given: dict[str, Any]) -> Reply:
        kept = self.containers[given["creation_id"]]
        if kept["status_code"] != "FINISHED" or kept["pending"] > 0:
            self.wrong.append("a container that is not ready")
            return error(9007, "Media ID is not available", 2_207_027)
        kept["status_code"] = "PUBLISHED"
        children = json.loads(kept.get("children", "[]"))
        return ok({"id": self.add(kept.get("caption", ""), children, kept.get("alt_text", ""))})

    def add(self, message: str, photos: list[str] | None = None, application: str = "") -> str:
        """``application`` holds the description here: the network names no application."""
        self.count += 1
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
        post = {"id": f"m{self.count}", "caption": message, "timestamp": now, "alt": application}
        children = {"children": {"data": [{"id": one} for one in photos]}} if photos else {}
        self.media[f"m{self.count}"] = {
            **post,
            **children,
            "permalink": f"https://www.instagram.com/p/{self.count}/",
        }
        return f"m{self.count}"

    def _list(self, given: dict[str, Any]) -> Reply:
        ids = list(reversed(self.media))
        start = ids.index(given["after"]) + 1 if "after" in given else 0
        page = ids[start : start + int(given["limit"])]
        more = start + len(page) < len(ids)
        return listed([self.media[one] for one in page], page[-1] if more else "")

    def comment(self, post: str, text: str, parent: str = "") -> str:
        self.count += 1
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
        one = {
            "id": f"r{self.count}",
            "text": text,
            "timestamp": now,
            "username": "robin",
            "from": {"id": "7"},
        }
        self.remarks[f"r{self.count}"] = {**one, "post": post, "parent_id": parent, "hidden": False}
        return f"r{self.count}"

    def _comments(self, given: dict[str, Any], post: str) -> Reply:
        def below(parent: str) -> list[dict[str, Any]]:
            return [
                one
                for one in reversed(self.remarks.values())
                if (one["post"], one["parent_id"]) == (post, parent)
            ]

        return listed([{**one, "replies": {"data": below(one["id"])}} for one in below("")])

    def _hide(self, given: dict[str, Any], remark: str) -> Reply:
        self.remarks[remark]["hidden"] = given["hide"] == "true"
        return ok({"success": True})

    def _reply(self, given: dict[str, Any], remark: str) -> Reply:
        return ok({"id": self.comment(self.remarks[remark]["post"], given["message"], remark)})

    def _close(self, given: dict[str, Any], post: str) -> Reply:
        self.media[post]["is_comment_enabled"] = given["comment_enabled"] == "true"
        return ok({"success": True})

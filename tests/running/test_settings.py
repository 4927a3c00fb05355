"""A wrong setting stops the start, by its name; and the administrator's page lists every one there is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
WRONG = {
    "UNDERSIGNED_BASE_ADDRESS": "accounts.example.org",
    "UNDERSIGNED_BEHIND_PROXY": "perhaps",
    "UNDERSIGNED_BLUESKY_APPVIEW": "the app view",
    "UNDERSIGNED_BLUESKY_DIRECTORY": "plc.directory",
    "UNDERSIGNED_BLUESKY_PDS": "our own",
    "UNDERSIGNED_CITY_COLOUR": "blue",
    "UNDERSIGNED_DATABASE_URL": "mysql://localhost/city",
    "UNDERSIGNED_DEBUG": "maybe",
    "UNDERSIGNED_DOMAIN": "https://accounts.example.org/",
    "UNDERSIGNED_EMAIL": "pigeon",
    "UNDERSIGNED_EMAIL_FROM": "the city",
    "UNDERSIGNED_EMAIL_PORT": "0",
    "UNDERSIGNED_EMAIL_TLS": "a bit",
    "UNDERSIGNED_FACEBOOK_DIALOG": "facebook",
    "UNDERSIGNED_FACEBOOK_GRAPH": "graph.facebook.com",
    "UNDERSIGNED_FACEBOOK_VERSION": "26",
    "UNDERSIGNED_HOME": __file__,
    "UNDERSIGNED_HTTPS": "later",
    "UNDERSIGNED_LANGUAGE": "la",
    "UNDERSIGNED_LARGEST_IMPORT_MB": "plenty",
    "UNDERSIGNED_LEAVERS_BRAKE_PERCENT": "101",
    "UNDERSIGNED_LINKEDIN_API": "api",
    "UNDERSIGNED_LINKEDIN_OAUTH": "oauth",
    "UNDERSIGNED_LINKEDIN_VERSION": "September",
    "UNDERSIGNED_LOG_LEVEL": "LOUD",
    "UNDERSIGNED_MASTODON_SERVERS": "social.example",
    "UNDERSIGNED_PRACTICE": "a little",
    "UNDERSIGNED_RECORD_MAIL": "nobody",
    "UNDERSIGNED_REDIRECT_TO_HTTPS": "sometimes",
    "UNDERSIGNED_SECRET_KEY": "short",
    "UNDERSIGNED_SECURITY_CONTACT": "the clerk",
    "UNDERSIGNED_TIME_AUTHORITY": "the observatory",
    "UNDERSIGNED_TIME_ZONE": "Harrow/Falls",
    "UNDERSIGNED_WITNESSES": "a witness",
    "UNDERSIGNED_X_API": "x",
    "UNDERSIGNED_X_AUTHORIZE": "x.com",
    "UNDERSIGNED_X_FIELDS": "toot",
    "UNDERSIGNED_X_TOKEN": "token",
}
TAKEN_AS_GIVEN = {
    "UNDERSIGNED_ALLOWED_HOSTS",
    "UNDERSIGNED_EMAIL_HOST",
    "UNDERSIGNED_EMAIL_PASSWORD",
    "UNDERSIGNED_EMAIL_USER",
    "UNDERSIGNED_FACEBOOK_BUSINESS",
    "UNDERSIGNED_FACEBOOK_CLIENT_ID",
    "UNDERSIGNED_FACEBOOK_CLIENT_SECRET",
    "UNDERSIGNED_CONFIDENTIAL_WORDS",
    "UNDERSIGNED_LINKEDIN_CLIENT_ID",
    "UNDERSIGNED_LINKEDIN_CLIENT_SECRET",
    "UNDERSIGNED_LINK_HOSTS",
    "UNDERSIGNED_SIGNER_SOCKET",
    "UNDERSIGNED_WATCHED_WORDS",
    "UNDERSIGNED_X_CLIENT_ID",
    "UNDERSIGNED_X_CLIENT_SECRET",
}
"""Names, words and places of which only the other side can say whether they are right."""

ROW = re.compile(r"^\| `(UNDERSIGNED_[A-Z_]+)` \| ([^|]*) \|", re.MULTILINE)
READ = re.compile(r'"(UNDERSIGNED_[A-Z_]+)"')


def in_the_code() -> set[str]:
    files = ("settings.py", "environment.py")
    return {name for file in files for name in READ.findall((PROJECT / "src/undersigned" / file).read_text())}


def on_the_page() -> dict[str, str]:
    return dict(ROW.findall((PROJECT / "docs/administrator.md").read_text()))


def start(**surroundings: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("UNDERSIGNED_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "undersigned", "doctor"],
        env={**kept, "UNDERSIGNED_HOME": "/nowhere/at/all", **surroundings},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("name", "value"), WRONG.items())
def test_a_wrong_value_stops_the_start_and_is_named(name: str, value: str) -> None:
    ended = start(**{name: value})
    assert ended.returncode == 2
    assert f"{name} is wrong" in ended.stderr
    assert "Nothing was started." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_no_secret_is_repeated_where_it_is_refused() -> None:
    assert "hunter2" not in start(UNDERSIGNED_SECRET_KEY="hunter2").stderr


def test_each_setting_is_tried_with_a_wrong_value_or_taken_as_given() -> None:
    assert in_the_code() == set(WRONG) | TAKEN_AS_GIVEN


def test_the_administrators_page_lists_every_setting_there_is_and_no_other() -> None:
    assert set(on_the_page()) == in_the_code()


@pytest.mark.parametrize(
    ("name", "default"),
    re.findall(
        r'env\.\w+\("(UNDERSIGNED_\w+)", "?([\w/#-]+)"?[,)]',
        (PROJECT / "src/undersigned/settings.py").read_text(),
    ),
)
def test_the_administrators_page_says_the_default(name: str, default: str) -> None:
    assert default in on_the_page()[name]

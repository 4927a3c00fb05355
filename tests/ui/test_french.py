"""The French catalogue: compiled with the package, and true to the sentences that it translates."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from django.test import Client

import undersigned

CATALOGUE = Path(undersigned.__path__[0]) / "locale/fr/LC_MESSAGES/django.mo"
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def sentences() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        catalogue: dict[object, str] = gettext.GNUTranslations(file)._catalog
    return {key: value for key, value in catalogue.items() if isinstance(key, str) and key}


def test_every_translation_keeps_the_places_of_its_sentence() -> None:
    wrong = {key for key, said in sentences().items() if set(PLACE.findall(key)) != set(PLACE.findall(said))}
    assert wrong == set()
    assert len(sentences()) > 150


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "says"), [("fr", "Ouvrir une session"), ("en", "Sign in")])
def test_who_asks_for_french_reads_french(language: str, says: str) -> None:
    page = (
        Client().get("/sign-in/login/", headers={"accept-language": language}, follow=True).content.decode()
    )
    assert f'<html lang="{language}"' in page
    assert says in page

"""The product's settings, with a home that ends with the run and no cost spent on hashing passwords."""

import os
import tempfile

if "PYTEST_XDIST_WORKER" in os.environ:  # each process of a run has a home of its own
    os.environ["UNDERSIGNED_HOME"] = tempfile.mkdtemp(prefix="undersigned-tests-")
os.environ.setdefault("UNDERSIGNED_HOME", tempfile.mkdtemp(prefix="undersigned-tests-"))
os.environ.setdefault("UNDERSIGNED_SECRET_KEY", "only-for-tests-" * 4)

from undersigned.settings import *  # noqa: F403 - all of the product's settings
from undersigned.settings import DATABASES, STATIC_ROOT, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
DATABASES["default"]["CONN_MAX_AGE"] = 0
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

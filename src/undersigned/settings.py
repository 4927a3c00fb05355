"""All settings, from the environment (``docs/administrator.md`` lists them). A wrong value fails here, by name."""

from __future__ import annotations

import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from undersigned import environment as env

PACKAGE = Path(__file__).resolve().parent
HOME = env.home()

DEBUG = env.flag("UNDERSIGNED_DEBUG", default=False)
DOMAIN = env.domain("UNDERSIGNED_DOMAIN", "localhost")
HTTPS = env.flag("UNDERSIGNED_HTTPS", default=not DOMAIN.startswith("localhost"))
BASE_ADDRESS = env.address("UNDERSIGNED_BASE_ADDRESS", f"{'https' if HTTPS else 'http'}://{DOMAIN}")
ALLOWED_HOSTS = env.words("UNDERSIGNED_ALLOWED_HOSTS", f"{DOMAIN.split(':')[0]},localhost,127.0.0.1")

# A fresh key a start is safe for commands; the web process refuses to start without a kept one (``doctor``).
SECRET_KEY = env.secret("UNDERSIGNED_SECRET_KEY", HOME / "keys" / "secret.key") or secrets.token_urlsafe(48)

INSTALLED_APPS = [
    # The rooms stand first, so that their templates come before those of libraries.
    "undersigned.ui",
    "undersigned.acts",
    "undersigned.record",
    "undersigned.dispatch",
    "undersigned.imports",
    "undersigned.vault",
    "undersigned.people",
    "undersigned.networks",
    "undersigned.accounts",
    "undersigned.publishing",
    "undersigned.desk",
    "undersigned.public",
    "undersigned.api",
    "undersigned.running",
    "undersigned.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "undersigned.requests.named",
    "undersigned.api.open_data.open_to_all",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "undersigned.people.middleware.note_the_session",
    "django_htmx.middleware.HtmxMiddleware",
    "undersigned.people.middleware.know_the_actor",
    "undersigned.requests.refusals_answered",
]

ROOT_URLCONF = "undersigned.urls"
WSGI_APPLICATION = "undersigned.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "undersigned.ui.context.frame",
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    }
]
FORM_RENDERER = "undersigned.ui.rendering.HouseRenderer"

DATABASES = {"default": env.database("UNDERSIGNED_DATABASE_URL", HOME / "undersigned.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "undersigned.people.signin.InvitationOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_PREVENT_ENUMERATION = True
MFA_ADAPTER = "undersigned.people.signin.SealedSecondFactors"
MFA_FORMS = {
    "add_webauthn": "undersigned.people.passkeys.PasskeyForm",
    "login_webauthn": "undersigned.people.passkeys.PasskeySignIn",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Undersigned"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = True

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "undersigned.ui.errors.csrf_failure"
SECURE_SSL_REDIRECT = env.flag("UNDERSIGNED_REDIRECT_TO_HTTPS", default=True) and HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
BEHIND_PROXY = env.flag("UNDERSIGNED_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Of X-Forwarded-For only the last address is believed: it is the one that our own proxy has added.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_REDIRECT_EXEMPT = [r"^health/"]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = env.one_of("UNDERSIGNED_LANGUAGE", "en", {"en", "fr"})
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = env.time_zone("UNDERSIGNED_TIME_ZONE", "America/Edmonton")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "undersigned.ui.fonts.PackagedFonts",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = HOME / "media"
KEYS = HOME / "keys"
FILE_UPLOAD_HANDLERS = [
    "undersigned.imports.uploads.NoLargerThanAllowed",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
LARGEST_IMPORT_BYTES = env.number("UNDERSIGNED_LARGEST_IMPORT_MB", 100, least=1, most=2000) * 1_000_000

EMAIL_BACKEND = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
    "folder": "django.core.mail.backends.filebased.EmailBackend",
}[env.one_of("UNDERSIGNED_EMAIL", "folder", {"smtp", "console", "folder"})]
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = env.text("UNDERSIGNED_EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("UNDERSIGNED_EMAIL_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = env.text("UNDERSIGNED_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("UNDERSIGNED_EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("UNDERSIGNED_EMAIL_TLS", default=False)
EMAIL_TIMEOUT = 20
SECURITY_CONTACT = env.contact("UNDERSIGNED_SECURITY_CONTACT")
DEFAULT_FROM_EMAIL = env.mailbox("UNDERSIGNED_EMAIL_FROM", f"undersigned@{DOMAIN.split(':')[0]}")

LEAVERS_BRAKE_PERCENT = env.number("UNDERSIGNED_LEAVERS_BRAKE_PERCENT", 10, least=0, most=100)
RECORD_SIGNER = env.text("UNDERSIGNED_SIGNER_SOCKET")
RECORD_WITNESSES = env.addresses("UNDERSIGNED_WITNESSES")
TIME_AUTHORITY = env.base("UNDERSIGNED_TIME_AUTHORITY", "")
RECORD_MAIL_TO = env.mailboxes("UNDERSIGNED_RECORD_MAIL")
LINK_HOSTS = env.words("UNDERSIGNED_LINK_HOSTS")
WATCHED_WORDS = env.words("UNDERSIGNED_WATCHED_WORDS")
CONFIDENTIAL_WORDS = env.words("UNDERSIGNED_CONFIDENTIAL_WORDS")
NETWORKS: dict[str, dict[str, str]] = {
    "x": {
        "api": env.base("UNDERSIGNED_X_API", "https://api.x.com"),
        "authorize": env.base("UNDERSIGNED_X_AUTHORIZE", "https://x.com/i/oauth2/authorize"),
        "token": env.base("UNDERSIGNED_X_TOKEN", "https://api.x.com/2/oauth2/token"),
        "fields": env.one_of("UNDERSIGNED_X_FIELDS", "post", {"post", "tweet"}),
        "client_id": env.text("UNDERSIGNED_X_CLIENT_ID"),
        "client_secret": env.text("UNDERSIGNED_X_CLIENT_SECRET"),
    },
    "facebook": {
        "graph": env.base("UNDERSIGNED_FACEBOOK_GRAPH", "https://graph.facebook.com"),
        "dialog": env.base("UNDERSIGNED_FACEBOOK_DIALOG", "https://www.facebook.com"),
        "version": env.shaped("UNDERSIGNED_FACEBOOK_VERSION", "v26.0", r"v[0-9]{1,3}\.[0-9]", "v26.0"),
        "business": env.text("UNDERSIGNED_FACEBOOK_BUSINESS"),
        "client_id": env.text("UNDERSIGNED_FACEBOOK_CLIENT_ID"),
        "client_secret": env.text("UNDERSIGNED_FACEBOOK_CLIENT_SECRET"),
    },
    "linkedin": {
        "api": env.base("UNDERSIGNED_LINKEDIN_API", "https://api.linkedin.com"),
        "oauth": env.base("UNDERSIGNED_LINKEDIN_OAUTH", "https://www.linkedin.com/oauth/v2"),
        "version": env.shaped(
            "UNDERSIGNED_LINKEDIN_VERSION", "202609", r"20[0-9]{2}(0[1-9]|1[0-2])", "202609"
        ),
        "client_id": env.text("UNDERSIGNED_LINKEDIN_CLIENT_ID"),
        "client_secret": env.text("UNDERSIGNED_LINKEDIN_CLIENT_SECRET"),
    },
    "bluesky": {
        "pds": env.base("UNDERSIGNED_BLUESKY_PDS", ""),
        "appview": env.base("UNDERSIGNED_BLUESKY_APPVIEW", "https://public.api.bsky.app"),
        "directory": env.base("UNDERSIGNED_BLUESKY_DIRECTORY", "https://plc.directory"),
    },
    "mastodon": {"servers": ",".join(env.addresses("UNDERSIGNED_MASTODON_SERVERS"))},
}
NETWORKS["instagram"] = NETWORKS["facebook"]
PRACTICE = env.flag("UNDERSIGNED_PRACTICE", default=False)
NETWORKS["practice"] = {"client_id": "undersigned", "client_secret": ""}
UI_CITY = "undersigned.people.frame.city"
UI_LATEST_CHECKPOINT = "undersigned.record.frame.latest_checkpoint"
UI_BANDS = ["undersigned.publishing.frame.stopped", "undersigned.networks.practice.frame.band"]
UI_PLACES = {
    "home": "desk:desk",
    "public_home": "public:home",
    "search": "desk:search",
    "me": "people:me",
    "sign_in": "account_login",
    "sign_out": "account_logout",
}
CITY_COLOUR = env.colour("UNDERSIGNED_CITY_COLOUR", "#1b4b66")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "undersigned.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {
        "handlers": ["stderr"],
        "level": env.one_of("UNDERSIGNED_LOG_LEVEL", "INFO", {"DEBUG", "INFO", "WARNING", "ERROR"}),
    },
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.utils.autoreload": {"level": "WARNING"},
        # At DEBUG it tells whole addresses, and some networks take tokens there.
        "urllib3": {"level": "WARNING"},
        # At INFO it tells the id of each new passkey, by which its owner can be told again.
        "fido2": {"level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

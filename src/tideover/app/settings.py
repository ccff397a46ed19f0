"""Settings of the service. Everything a deployment may choose is an environment variable.

| variable | what it is |
|---|---|
| TIDEOVER_HOME | folder for the database file, evidence and keys (default ./var) |
| TIDEOVER_DEMO | `1` runs the demo lender: own secrets, plain HTTP, on-screen outbox |
| TIDEOVER_DATABASE_URL | `postgres://…`; without it SQLite in TIDEOVER_HOME |
| TIDEOVER_HOSTS | host names answered to, with commas |
| TIDEOVER_SECRET_KEY, TIDEOVER_FIELD_KEYS, TIDEOVER_INDEX_KEY | secrets; the demo makes its own |
| TIDEOVER_PROXIES | how many reverse proxies of our own stand in front (default 0) |
| TIDEOVER_API_TOKENS | SHA-256 of each token that may ask the API, with commas; the demo is open |
| TIDEOVER_SMTP | `host:port` of the mail server; messages then leave as mail to a text gateway |
| TIDEOVER_SMS_DOMAIN | domain of that gateway; without it nothing leaves, the outbox shows it |
| TIDEOVER_MAIL_FROM | sender of that mail |
| TIDEOVER_MAIL_PROVIDER | `mailgun`, `postmark` …: e-mail goes out and comes in by Anymail |
| TIDEOVER_MAIL_KEY | that provider's API key |
| TIDEOVER_MAIL_HOOK | the key that signs its webhooks, or `user:password` where it sends those |
| TIDEOVER_PORTAL | address of the portal as borrowers open it, for links: `https://…/` |
| TIDEOVER_WECHAT_APP_ID | id of the WeChat official account; without it there is none |
| TIDEOVER_WECHAT_SECRET, TIDEOVER_WECHAT_TOKEN | its secret, and the token of its callback |
| TIDEOVER_WECHAT_AES_KEY | its EncodingAESKey (43 characters); without it plain mode |
| TIDEOVER_WECHAT_API | another address of the platform's API, for tests |
| TIDEOVER_WECHAT_TEMPLATE | id of the template used outside the 48 hours |
| TIDEOVER_HOST | core banking system, `fineract+https://…/api/v1`; otherwise the book is here |
| TIDEOVER_HOST_TENANT, TIDEOVER_HOST_USER, TIDEOVER_HOST_PASSWORD | who we are there |
| TIDEOVER_HOST_REASON | its code value of the reason of a reschedule (default 1) |
| TIDEOVER_WEBHOOK_HOSTS | host names that webhooks may go to, with commas; none unless named |
| TIDEOVER_NOW | an instant to start the clock at |
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from tideover.app.database import database_settings
from tideover.app.home import SecretMissing, is_demo, secret
from tideover.app.logging import logging_settings
from tideover.app.mailing import mail_settings

_APP = Path(__file__).parent


def _secret_key() -> str:
    # An empty key makes Django refuse the first use of it; tools that only read settings run.
    try:
        return secret("TIDEOVER_SECRET_KEY")
    except SecretMissing:
        return ""


DEMO = is_demo()
DEBUG = False
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = [
    host.strip()
    for host in os.environ.get("TIDEOVER_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
    if host.strip()
]
CSRF_TRUSTED_ORIGINS = [] if DEMO else [f"https://{host}" for host in ALLOWED_HOSTS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_htmx",
    "tideover.app.db",
    "tideover.app.portal",
    "tideover.app.workbench",
    # After our own rooms: of two translations of one sentence the first app's is read.
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Pages of a few kilobytes on a slow phone; Django adds noise, so that sizes tell nothing.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tideover.app.middleware.RequestLog",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "tideover.app.middleware.RequestSize",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tideover.app.middleware.SessionLimits",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tideover.app.middleware.RefusedAccess",
    "tideover.app.unavailable.Unavailable",
]

ROOT_URLCONF = "tideover.app.urls"
WSGI_APPLICATION = "tideover.app.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_APP / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tideover.app.middleware.site",
            ],
        },
    },
]

DATABASES = {"default": database_settings()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "db.Account"
LOGIN_URL = "portal:sign-in"
# Passwords go through the first, which never leaves a failure to the second; the sessions of
# borrowers, who sign in with a code, are of the second.
AUTHENTICATION_BACKENDS = [
    "tideover.app.db.backends.PacedBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Second factors: the library keeps and checks them, the pages are ours (docs/decisions/0013). Its
# clock is the machine's own, as that of the telephone that shows the code.
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "tideover.app.db.authenticators.SealedAuthenticators"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Tideover"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 10
MFA_WEBAUTHN_USER_VERIFICATION = "required"
#: A code that decides about money is asked for again after this long.
SECOND_FACTOR_FRESH_SECONDS = 10 * 60

# In the database, so that every process and machine knows which one-time codes were used.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "tideover_cache",
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [_APP / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATICFILES_DIRS = [_APP / "static"]
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 300

# A session ends twelve hours after sign-in; `SessionLimits` also ends an idle one sooner.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS_BORROWER = 30 * 60
SESSION_IDLE_SECONDS_STAFF = 15 * 60 if not DEMO else 30 * 60
SESSION_COOKIE_NAME = "tideover_session" if DEMO else "__Host-tideover_session"
SESSION_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "tideover_csrf" if DEMO else "__Host-tideover_csrf"
CSRF_COOKIE_SECURE = not DEMO
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tideover.app.portal.views.failing.csrf_failed"
LANGUAGE_COOKIE_SECURE = not DEMO
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False  # the reverse proxy in front speaks TLS
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_PROXY_SSL_HEADER = None if DEMO else ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

# What a form may hold beside its files, and what a request may hold with them: well above the
# largest file of the policy book, so that one a little too large is refused in words, on its page.
REQUEST_BYTES_MAX = 64 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# A household is a few kilobytes. Plans are counted a minute for each caller, in each process.
API_PLAN_BYTES_MAX = 256 * 1024
API_PLANS_PER_MINUTE = 60
# What bounds the time of one plan: instalments of all loans together, a few seconds at the most.
# Two are computed at once in a process; who waits longer than this is asked to come back.
API_PLAN_INSTALMENTS_MAX = 1200
API_PLANS_AT_ONCE = 2
API_PLAN_WAIT_SECONDS = 10
API_TOKEN_DIGESTS = tuple(
    digest.strip().lower()
    for digest in os.environ.get("TIDEOVER_API_TOKENS", "").split(",")
    if digest.strip()
)

# Messages leave as mail to a gateway that makes text messages of it; in the demo nothing leaves.
SMS_DOMAIN = "" if DEMO else os.environ.get("TIDEOVER_SMS_DOMAIN", "")
_SMTP_HOST, _, _SMTP_PORT = os.environ.get("TIDEOVER_SMTP", "localhost:25").partition(":")
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = _SMTP_HOST, int(_SMTP_PORT or 25), 10
DEFAULT_FROM_EMAIL = os.environ.get("TIDEOVER_MAIL_FROM", "noreply@localhost")

# E-mail to borrowers: by a provider that Anymail knows, else by the mail server named above.
MAIL_PROVIDER = os.environ.get("TIDEOVER_MAIL_PROVIDER", "").strip().lower()
MAIL_HOOK = bool(os.environ.get("TIDEOVER_MAIL_HOOK"))
SENDS_MAIL = bool(MAIL_PROVIDER or os.environ.get("TIDEOVER_SMTP"))
if MAIL_PROVIDER:
    EMAIL_BACKEND = f"anymail.backends.{MAIL_PROVIDER}.EmailBackend"
ANYMAIL = mail_settings(MAIL_PROVIDER)
PORTAL_ADDRESS = os.environ.get("TIDEOVER_PORTAL", "")

# The lender's seal on a token (PKCS#11), and who stamps the time on it; without, a file.
SEAL_TOKEN = os.environ.get("TIDEOVER_SEAL_TOKEN", "")
SEAL_CHAIN = os.environ.get("TIDEOVER_SEAL_CHAIN", "")
TIME_STAMP_URL = os.environ.get("TIDEOVER_TIME_STAMP_URL", "")

# The core banking system, where the loan book does not live here.
HOST = os.environ.get("TIDEOVER_HOST", "")
HOST_TENANT = os.environ.get("TIDEOVER_HOST_TENANT", "default")
HOST_USER = os.environ.get("TIDEOVER_HOST_USER", "")
HOST_PASSWORD = os.environ.get("TIDEOVER_HOST_PASSWORD", "")
HOST_REASON = int(os.environ.get("TIDEOVER_HOST_REASON", "1"))

# Nothing is sent to an address that whoever runs the service did not name.
WEBHOOK_HOSTS = tuple(
    host.strip().lower()
    for host in os.environ.get("TIDEOVER_WEBHOOK_HOSTS", "").split(",")
    if host.strip()
)

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_settings()
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

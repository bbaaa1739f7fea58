# SPDX-License-Identifier: EUPL-1.2
"""All settings of one installation. Every value that differs between installations comes from the environment.

``.env.example`` lists each of them with a sentence; a test compares the two.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from bildungsbuero.schedule import SCHEDULE, transport_options
from core.storage import private_files

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# Where things lie

VAR_DIR = env.path("VAR_DIR", default=str(BASE_DIR / "var"))
PRIVATE_DIR = Path(VAR_DIR) / "private"
if env.bool("READ_DOT_ENV", default=True):
    environ.Env.read_env(BASE_DIR / ".env")

# Safety

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BASE_URL = env.url("BASE_URL", default="http://localhost:8000").geturl().rstrip("/")
HTTPS = env.bool("HTTPS", default=True)
ADMIN_PAGES = env.bool("ADMIN_PAGES", default=False)
PROXY_COUNT = env.int("PROXY_COUNT", default=0)

SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-session", "__Host-csrf") if HTTPS else ("session", "csrf")
DEVICE_COOKIE_NAME = "__Host-device" if HTTPS else "device"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.sending.sign_again"
WRITER_COOKIE_NAME = "__Host-writer" if HTTPS else "writer"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = int(timedelta(hours=10).total_seconds())
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # KERN's icons are data: URLs in its stylesheet
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {"camera": [], "geolocation": [], "microphone": [], "payment": []}
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o640, 0o750
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=64 * 1024 * 1024)
ATTACHMENT_MAX_BYTES = env.int("ATTACHMENT_MAX_BYTES", default=20 * 1024 * 1024)

# Application

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_cotton",
    "django_htmx",
    "guardian",
    "django_linear_migrations",
    "tree_queries",
    "core",
    "activity",
    "accounts",
    "actors",
    "committees",
    "indicators",
    "recommendations",
    "tasks",
    "reports",
    "django.contrib.admin",
    *(["demo"] if (BASE_DIR / "demo").is_dir() else []),  # an installation may leave that folder out
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.memo.MemoMiddleware",
    "core.middleware.LanguageMiddleware",
    "core.middleware.PlainAddressMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.NoStoreMiddleware",
    "core.sending.KeepTypedMiddleware",
    "core.sending.SendOnceMiddleware",
]
ROOT_URLCONF = "bildungsbuero.urls"
WSGI_APPLICATION = "bildungsbuero.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bildungsbuero.shell.shell",
            ],
            "builtins": ["django.templatetags.i18n", "core.templatetags.ui"],
        },
    }
]
COTTON_DIR = "components"  # <c-button> is templates/components/button.html
COTTON_ISOLATE_BY_DEFAULT = True  # a component knows what it is given, and nothing else of the page
FORM_RENDERER = "core.forms.KernRenderer"
PRIVATE_STORAGE_URL = env.str("PRIVATE_STORAGE_URL", default="")
STORAGES = {
    "default": private_files(PRIVATE_STORAGE_URL, PRIVATE_DIR),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SENDFILE_BACKEND = "django_sendfile.backends." + env.str("SENDFILE", default="simple")
SENDFILE_ROOT, SENDFILE_URL = PRIVATE_DIR, "/private"
STATIC_URL = "/static/"
STATIC_ROOT = Path(VAR_DIR) / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]

# Database

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{Path(VAR_DIR) / 'bildungsbuero.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # writers queue instead of failing half-way
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {"BACKEND": "core.cache.PatientCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": Path(VAR_DIR) / "cache"}
}

# Accounts: e-mail login, sign-up closed

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "core:home"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedSignupAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # whoever has no account gets no mail
ACCOUNT_FORMS = {"login": "accounts.forms.LoginForm", "reset_password": "accounts.forms.ResetPasswordForm"}
# ``key`` is an account and the place it is tried from: short waits that grow. Addresses alone are shared by offices.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "5/30s/key,10/10m/key,20/h/key,60/d/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXY_COUNT
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
ANONYMOUS_USER_NAME = None

# Language and time

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "language"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

# Mail

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="bildungsbuero@localhost")

# Background jobs: the row is the order, the message only its bell

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=REDIS_URL or "filesystem://localhost")
CELERY_BROKER_TRANSPORT_OPTIONS = transport_options(CELERY_BROKER_URL, VAR_DIR)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 120, 150
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 60
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = SCHEDULE

# The municipality
MUNICIPALITY_NAME = env.str("MUNICIPALITY_NAME", default="Musterstadt")
MUNICIPALITY_KEY = env.str("MUNICIPALITY_KEY", default="")
UNIT_NAME = env.str("UNIT_NAME", default="Bildungsbüro")
UNIT_POSITION = env.str("UNIT_POSITION", default="")
SUPERIOR = env.str("SUPERIOR", default="")  # e-mail address of the person above the departments
MUNICIPALITY_LOGO = env.str("MUNICIPALITY_LOGO", default="")
ACCENT_COLOUR = env.str("ACCENT_COLOUR", default="")
DEMO = env.bool("DEMO", default=False)
HOLIDAY_STATE = env.str("HOLIDAY_STATE", default="")
PAPER_NUMBER_PATTERN = env.str("PAPER_NUMBER_PATTERN", default="{year}/{number:04d}")
PAPER_SUPPLEMENT_PATTERN = env.str("PAPER_SUPPLEMENT_PATTERN", default="{reference}/{number}. Ergänzung")
PUBLIC_OPARL = env.bool("PUBLIC_OPARL", default=DEMO)
OPARL_HOSTS, OPARL_PRIVATE = env.list("OPARL_HOSTS", default=[]), env.bool("OPARL_PRIVATE", default=False)

# GENESIS web services: address with user and password; an instance without a user is not offered
GENESIS = {
    "regio": ("Regionaldatenbank Deutschland", env.url("GENESIS_REGIO_URL", default="")),
    "genesis": ("GENESIS-Online", env.url("GENESIS_ONLINE_URL", default="")),
    "bildung": ("Kommunale Bildungsdatenbank", env.url("GENESIS_BILDUNG_URL", default="")),
}

# Logging: one line per event, to standard error

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"secrets": {"()": "core.logs.HidesSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"weasyprint": {"level": "ERROR"}, "fontTools": {"level": "ERROR"}, "httpx": {"level": "WARNING"}},
}

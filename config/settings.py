"""Every setting of the service. docs/settings.md lists those that come from the environment; `manage.py check` judges them."""

from datetime import timedelta
from pathlib import Path

from django.utils.csp import CSP

from config import env, pool

BASE_DIR = Path(__file__).resolve().parent.parent

# Where things are
SECRET_KEY = env.text("SECRET_KEY")
DEBUG = env.flag("DEBUG")
PUBLIC_URL = env.url("PUBLIC_URL", "http://127.0.0.1:8000", ("http", "https"))
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost")
DATABASES = {
    "default": {
        **env.database("DATABASE_URL"),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,  # without it every pooled connection fails once after a database restart (pool.py)
        "OPTIONS": {
            "pool": {
                "min_size": 1,
                "max_size": int(env.number("DATABASE_POOL", 24, 2, 200)),
                "timeout": 3,
                "reconnect_timeout": 4,  # psycopg waits twice as long after each failure; after this it starts anew
                "check": pool.check,
                "name": "baton",
            }
        },
    }
}
REDIS_URL = env.url("REDIS_URL", "", ("redis", "rediss"))
RASA_URL = env.url("RASA_URL", "http://127.0.0.1:5005", ("http", "https"))
RASA_TOKEN = env.text("RASA_TOKEN", "")
SHOP_TOKEN = env.text("SHOP_TOKEN", "")
SHOP_ORIGIN = env.url("SHOP_ORIGIN", "http://localhost:8001", ("http", "https"))

# How long things take
BOT_TIMEOUT_S = env.number("BOT_TIMEOUT_S", 4, 0.5, 30)
TURN_LEASE_S = env.number("TURN_LEASE_S", 10, 5, 120)
PRESENCE_TTL_S = env.number("PRESENCE_TTL_S", 45, 5, 600)
AGENT_GRACE_S = env.number("AGENT_GRACE_S", 120, 5, 3600)
HEARTBEAT_S = int(env.number("HEARTBEAT_S", 15, 1, 60))
WORKER_THREADS = int(env.number("WORKER_THREADS", 4, 1, 64))
SEND_WINDOW_S = 10
SEND_WINDOW = timedelta(seconds=SEND_WINDOW_S)
SEND_LIMIT = int(env.number("SEND_LIMIT", 20, 1, 1_000_000))  # messages of one customer within the window
ADDRESS_LIMIT = int(env.number("ADDRESS_LIMIT", 300, 1, 1_000_000))  # of one address, in each web process
INBOX_LIMIT = int(env.number("INBOX_LIMIT", 3000, 1, 1_000_000))  # of one inbox, in each web process
SESSION_LIMIT = int(env.number("SESSION_LIMIT", 60, 1, 100_000))  # new customers of one address in a minute

# Applications
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "support",
    "support.demo",
]
MIDDLEWARE = [
    "servestatic.middleware.ServeStaticMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
]
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "frontend" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
CHANNEL_LAYERS = {
    "default": {"BACKEND": "support.push.redis_layer.RedisLayer", "CONFIG": {"url": REDIS_URL}}
    if REDIS_URL
    else {"BACKEND": "support.push.hint_layer.HintLayer"}
}

# Doors
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_NAME = "baton-session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "baton-csrf"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
TRUST_PROXY = env.flag("TRUST_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 65_536
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["support.api.authentication.AgentSession"],
    "DEFAULT_PERMISSION_CLASSES": ["support.api.permissions.Allowed"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["support.api.parser.Json"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "support.api.problems.answer",
    "UNAUTHENTICATED_USER": None,
    "NUM_PROXIES": 1 if TRUST_PROXY else 0,  # else anybody could name any address in a header
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Baton",
    "DESCRIPTION": "Customer-support chat that passes between a bot and people.",
    "VERSION": "1",
    "SERVE_PERMISSIONS": [],
    "SERVE_AUTHENTICATION": [],
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "Author": ["customer", "bot", "agent", "system"],
        "Availability": ["available", "away"],
        "DeclaredAvailability": "support.models.Availability",
    },
}

# Language, time, files
LANGUAGE_CODE = "en-gb"
TIME_ZONE = env.text("TIME_ZONE", "UTC")
USE_TZ = True
USE_I18N = False
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / ".baton" / "static")))
STATICFILES_DIRS = [BASE_DIR / "frontend" / "dist"]
SERVESTATIC_USE_FINDERS = True
SERVESTATIC_AUTOREFRESH = DEBUG
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname:7} {name}: {message}", "style": "{", "datefmt": "%H:%M:%S"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.channels.server": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "daphne": {"level": "WARNING"},
    },
}

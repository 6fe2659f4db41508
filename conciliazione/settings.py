"""Settings, all read from the environment; the defaults run the portal on one's own machine."""

from importlib.util import find_spec
from pathlib import Path

import environ
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

RADICE = Path(__file__).resolve().parent.parent
VAR = Path(environ.Env()("CONCILIAZIONE_VAR", default=str(RADICE / "var")))
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
DIMOSTRAZIONE = env.bool("DIMOSTRAZIONE", default=False)
"""True in `make demo`: shows the logins on the home page and the mail that the portal sent."""
# It signs sessions and the links that change a password: one that anybody can read in this file would be none.
SECRET_KEY = env("SECRET_KEY", default="solo-per-la-macchina-di-chi-sviluppa" if DEBUG or DIMOSTRAZIONE else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Manca SECRET_KEY: dare al portale una stringa lunga e casuale, sempre la stessa.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
INDIRIZZO_PUBBLICO = env("INDIRIZZO_PUBBLICO", default="http://localhost:8000")

INSTALLED_APPS = [
    "conciliazione",
    "alleanze",
    "progetti",
    "voucher",
    "rendicontazione",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "bootstrap_italia_template",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "conciliazione.http.middleware.TroppoGrande",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Before `SolaLettura`, which runs the view itself. What is public says so, see tests/conciliazione/test_accesso.py.
    "conciliazione.http.middleware.AccessoRichiesto",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alleanze.persone.agisci_per.AgisciPer",
    "conciliazione.http.middleware.Riservate",
    "django_htmx.middleware.HtmxMiddleware",
    "alleanze.persone.agisci_per.Storia",
    "conciliazione.http.middleware.MetodoNonAmmesso",
    "conciliazione.http.non_disponibile.InSuaVece",
    "conciliazione.http.sola_lettura.SolaLettura",
]

# Only who knows the forms of the schede can tell, field by field, what was being sent.
CSRF_FAILURE_VIEW = "progetti.scheda.non_salvato.pagina_scaduta"

ROOT_URLCONF = "conciliazione.urls"
WSGI_APPLICATION = "conciliazione.wsgi.application"

# The forms of the calls: a module each. EDIZIONI_DI_FUORI names others, of whoever wrote one: they need only be importable.
DI_FUORI = env.list("EDIZIONI_DI_FUORI", default=[])
EDIZIONI = [f"progetti.edizioni.{nome}" for nome in ("dgr1081_2014", "ptc_2017", "welfare_2022")] + DI_FUORI


def modelli(modulo: str) -> Path:
    """Return the templates that an edition brings along, beside its module.

    (Only where the first package is: nothing is imported.)
    """
    radice, *passi = modulo.split(".")
    trovato = find_spec(radice)
    if trovato is None or trovato.origin is None:
        raise ImproperlyConfigured(f"EDIZIONI_DI_FUORI: non trovo il modulo «{modulo}».")
    cartella = Path(trovato.origin).parent.joinpath(*passi)
    return (cartella if cartella.is_dir() else cartella.parent) / "templates" if passi else cartella / "templates"


TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            RADICE / "templates",
            *sorted((RADICE / "progetti" / "edizioni").glob("*/templates")),
            *map(modelli, DI_FUORI),
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "conciliazione.views.portale",
                "alleanze.persone.agisci_per.contesto",
            ],
            "builtins": ["conciliazione.templatetags.italiano", "conciliazione.templatetags.percorso"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": env.db("DATABASE_URL", default="postgres:///conciliazione")}
DATABASES["default"]["ATOMIC_REQUESTS"] = True
DATABASES["default"].setdefault("CONN_MAX_AGE", 0)
# A server that swallows packets is told as one that is down, by /salute/ too.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The database holds the cache too: with the broker down, log-in limits must go on working.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Each person and address that is counted is an entry: the limits of some must not be forgotten for others.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # Public pages apart, in each process: addresses made up by the thousand must not drive the log-in limits out.
    "pagine": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pagine",
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}
PUBBLICO_SECONDI = env.int("PUBBLICO_SECONDI", default=300)
"""How long a page that anyone reads is kept, here and by browsers and proxies; 0 is never."""

REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A task of a killed worker comes back within a minute, not after the default hour; the sweep is sooner still.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
}
# No job of ours takes minutes: one that does is told as failed, and frees its worker.
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 240, 300
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Rome"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")
RIPASSO_SECONDI = env.float("RIPASSO_SECONDI", default=15.0)
CELERY_BEAT_SCHEDULE = {
    # A sweep that nobody did in time is not done later: after a night without workers there would be thousands.
    "ripasso": {
        "task": "conciliazione.tasks.ripassa",
        "schedule": RIPASSO_SECONDI,
        "options": {"expires": max(RIPASSO_SECONDI, 10)},
    },
    # Hours of Italy (CELERY_TIMEZONE). Late is better than never: what was told is not told again.
    "solleciti prima delle scadenze": {"task": "progetti.tasks.sollecita", "schedule": crontab(hour="9-23", minute=0)},
    "riepilogo delle notifiche": {"task": "conciliazione.tasks.riassumi", "schedule": crontab(hour=7, minute=0)},
    "accordi che finiscono": {"task": "alleanze.tasks.avvisa_degli_accordi", "schedule": crontab(hour=7, minute=30)},
    "integrazioni scadute": {"task": "alleanze.tasks.segnala_integrazioni_scadute", "schedule": crontab(hour=7, minute=15)},
    "scadenze dello sportello": {"task": "alleanze.tasks.segnala_scadenze", "schedule": 300.0, "options": {"expires": 300}},
}

AUTH_USER_MODEL = "conciliazione.Utente"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "conciliazione.account.Adattatore"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False

LANGUAGE_CODE = "it"
TIME_ZONE = "Europe/Rome"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["conciliazione.formati"]
LOCALE_PATHS = [RADICE / "conciliazione" / "traduzioni"]

CARTELLA_DEJAVU = env("CARTELLA_DEJAVU", default="/usr/share/fonts/truetype/dejavu")
"""Where the fallback font of the PDF is."""
STATIC_URL = "static/"
STATIC_ROOT = RADICE / "staticfiles"
STATICFILES_DIRS = [RADICE / "static"]
MEDIA_ROOT = VAR / "archivio"
"""Private files: reached only through views that check who asks."""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="filemail://")
vars().update(EMAIL_CONFIG)
EMAIL_FILE_PATH = str(VAR / "posta")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="portale@conciliazione.example.org")

# What a page may load: our own files only. `data:` is for the icons inside Bootstrap Italia's stylesheet.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("COOKIE_SICURI", default=False)
DIETRO_PROXY = env.bool("DIETRO_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if DIETRO_PROXY else None
# Limits on log-ins are by address: that of the person, which the proxy writes last, not that of the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if DIETRO_PROXY else 0
X_FRAME_OPTIONS = "DENY"

# A scheda is long text: a section may weigh some hundred KB, an attachment 10 MB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Each row sends every value twice, as it is and as it was: 40 azioni with 300 rows of cofinancing are over 5000 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
ALLEGATO_MASSIMO = 10 * 1024 * 1024
# Several scans at once, with room for the texts of the same page; beyond this a request is not even read.
RICHIESTA_MASSIMA = 64 * 1024 * 1024

# Links of the footer: each body that runs the portal has its own pages.
DICHIARAZIONE_ACCESSIBILITA = env("DICHIARAZIONE_ACCESSIBILITA", default="")
ENTE_GESTORE = env("ENTE_GESTORE", default="Regione Lombardia · ATS")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"senza_chiavi": {"()": "conciliazione.http.chiavi.SenzaChiavi"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["senza_chiavi"]}},
    "root": {"handlers": ["console"], "level": env("LIVELLO_LOG", default="WARNING")},
}

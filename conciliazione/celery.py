import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conciliazione.settings")

app = Celery("conciliazione")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


# A broker that is down or far must not hold who asks: one try, a second each. Without `max_retries` Celery looks for it
# forever, or for the six seconds that its pool takes.
ATTESE = {"socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 0, "interval_start": 0}


def connessione():
    """A connection to the broker of one's own, that gives up at once."""
    return app.connection_for_write(transport_options=app.conf.broker_transport_options | ATTESE, connect_timeout=1)

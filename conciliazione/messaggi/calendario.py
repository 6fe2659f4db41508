"""What is to do as a calendar, for the programs people keep theirs in. Moments are in UTC: every program shows its own."""

from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from icalendar import Alarm, Calendar, Event

from ..templatetags.italiano import data_ora
from .da_fare import Cosa

TIPO = "text/calendar; charset=utf-8"
UN_GIORNO_PRIMA = timedelta(days=-1)
OGNI_QUANTO = timedelta(hours=6)


def ics(cose: list[Cosa], adesso: datetime) -> bytes:
    """Return the things that have a deadline, as a calendar file; each is told a day before."""
    calendario = Calendar()
    calendario.add("prodid", "-//Conciliazione in rete//Cosa devo fare//IT")
    calendario.add("version", "2.0")
    calendario.add("method", "PUBLISH")
    calendario.add("x-wr-calname", "Cosa devo fare")
    calendario.add("refresh-interval", OGNI_QUANTO, parameters={"VALUE": "DURATION"})
    for cosa in cose:
        if cosa.entro:
            calendario.add_component(_evento(cosa, adesso))
    return calendario.to_ical()


def _evento(cosa: Cosa, adesso: datetime) -> Event:
    evento = Event()
    # The same thing has the same name tomorrow: programs then change the event, and do not add another.
    evento.add("uid", f"{uuid5(NAMESPACE_URL, settings.INDIRIZZO_PUBBLICO + cosa.chiave)}")
    evento.add("dtstamp", adesso.astimezone(UTC))
    evento.add("dtstart", cosa.entro.astimezone(UTC))
    evento.add("summary", f"Entro le {data_ora(cosa.entro)[-5:]}: {cosa.che_cosa}")
    indirizzo = settings.INDIRIZZO_PUBBLICO + cosa.url
    evento.add("description", f"{cosa.dove}\n{cosa.ente}\n{indirizzo}")
    evento.add("url", indirizzo)
    # A deadline takes no time of the day.
    evento.add("transp", "TRANSPARENT")
    evento.add_component(_avviso(cosa))
    return evento


def _avviso(cosa: Cosa) -> Alarm:
    avviso = Alarm()
    avviso.add("action", "DISPLAY")
    avviso.add("description", cosa.che_cosa)
    avviso.add("trigger", UN_GIORNO_PRIMA)
    return avviso

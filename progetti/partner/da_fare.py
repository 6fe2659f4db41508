"""What people have to do about the parts of the soggetti, for the one list of all (`conciliazione.messaggi.da_fare`)."""

from collections.abc import Iterator

from django.urls import reverse

from conciliazione.inviti.collegamenti import GIORNI_DI_ATTESA
from conciliazione.messaggi.da_fare import Cosa
from conciliazione.models import Invito
from conciliazione.schede.stato import COMPLETA

from ..models import Partecipazione
from ..scheda.da_fare import cosa_del_progetto, del_capofila, pagine_aperte


def in_ritardo(utente) -> Iterator[Cosa]:
    """Yield, for the capofila, who is to be reminded."""
    for pagina, ente in del_capofila(utente):
        tardi = [s["denominazione"] for s in pagina.soggetti if s["ruolo"] != "capofila" and s["in_ritardo"]]
        if tardi:
            tabellone = reverse("progetti:tabellone", args=[pagina.progetto.pk])
            yield cosa_del_progetto(pagina.progetto, "ritardi", f"Sollecita chi è in ritardo: {_primi(tardi)}", tabellone, ente)


def _primi(nomi: list[str], quanti: int = 3) -> str:
    altri = len(nomi) - quanti
    return ", ".join(nomi[:quanti]) + (f" e altri {altri}" if altri > 1 else " e un altro" if altri == 1 else "")


def la_propria_parte(utente) -> Iterator[Cosa]:
    """Yield, for a partner, what is left of its part, and to confirm it: all of it is done from one page."""
    for pagina in pagine_aperte(utente):
        progetto = pagina.progetto
        for soggetto in pagina.soggetti:
            if not soggetto["mio"] or soggetto["ruolo"] == "capofila":
                continue
            for parte in soggetto["parti"]:
                if parte["stato"] != COMPLETA:
                    chiave = f"{soggetto['id']}:{parte['chiave']}"
                    yield cosa_del_progetto(
                        progetto, chiave, f"Compila «{parte['titolo']}»", soggetto["url_parte"], soggetto["denominazione"]
                    )
            if soggetto["conferma"] not in ("", "confermata"):
                di_nuovo = " di nuovo" if soggetto["conferma"] == "da riconfermare" else ""
                che_cosa = f"Conferma{di_nuovo} i dati e le cifre"
                chiave = f"{soggetto['id']}:conferma"
                yield cosa_del_progetto(progetto, chiave, che_cosa, soggetto["url_parte"], soggetto["denominazione"])


def inviti_senza_risposta(utente) -> Iterator[Cosa]:
    """Yield the invitations to fill the part of a soggetto that the person sent and nobody took."""
    for invito in Invito.objects.filter(mandato_da=utente).in_attesa_da(Partecipazione, GIORNI_DI_ATTESA):
        soggetto = invito.oggetto
        if soggetto is None:  # taken out of the scheda meanwhile
            continue
        url = reverse("progetti:invita", args=[soggetto.progetto_id, soggetto.pk])
        che_cosa = f"{invito.email} non ha ancora accettato l'invito: rimandalo o annullalo"
        yield Cosa(f"invito:{invito.pk}", che_cosa, url, str(soggetto), "inviti a compilare", invito.scade_il)

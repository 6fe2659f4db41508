"""A legal representative changed while a project was under way: an event that is told, never a copy written over.

What the scheda says stays what was written in it; who makes it is led to the part to bring up to date.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from alleanze.agganci import CambioDiCarica, Riquadro, Voce
from alleanze.models import Carica, Ente
from alleanze.permessi import PREPARANO, di_ente
from conciliazione.italiano.date import scrivi_data
from conciliazione.italiano.parole import stesso_nome
from conciliazione.messaggi import notifiche
from conciliazione.models import Notifica

from .. import permessi
from ..edizioni import EDIZIONI
from ..models import Partecipazione, Progetto
from ..stati import Stato

CAMPO = "lr_nominativo"
"""By this name every edition that asks for the legal representative calls it."""
FINITI = {Stato.RITIRATO, Stato.NON_AMMESSO, Stato.RINUNCIATO, Stato.REVOCATO, Stato.DECADUTO, Stato.CHIUSO}
"""Where nobody needs to know any more who represents a soggetto."""
MOSTRATI = 20


@dataclass(frozen=True)
class Cambiata:
    """A soggetto whose copy names a legal representative who is not the one in office."""

    soggetto: str
    scritto: str
    carica: Carica
    url: str
    """The part of the scheda that says it; "" for who does not read the live scheda."""


def cambiate(progetto: Progetto, utente) -> list[Cambiata]:
    """Return the copies of a project that are no longer what the register says; what was left blank is another matter."""
    if progetto.stato in FINITI:
        return []
    scritti = _scritti(progetto)
    in_carica = _in_carica(progetto) if scritti else {}
    legge = permessi.puo_leggere_la_scheda(utente, progetto)
    return [
        Cambiata(carica.soggetto, scritto, carica, reverse("progetti:riga", args=[progetto.pk, blocco, riga]) if legge else "")
        for riga, (blocco, scritto) in scritti.items()
        if (carica := _nuova(in_carica.get(riga, []), scritto))
    ]


def _scritti(progetto: Progetto) -> dict:
    """By soggetto, the block that names the legal representative and the name it says."""
    edizione = EDIZIONI.get(progetto.edizione)
    blocchi = [b.chiave for b in edizione.blocchi if b.fonte == "partecipazioni" and CAMPO in b.campi()] if edizione else []
    righe = progetto.compilazioni.filter(blocco__in=blocchi, riga__isnull=False).values_list("riga", "blocco", "risposte")
    return {riga: (blocco, risposte[CAMPO]) for riga, blocco, risposte in righe if risposte.get(CAMPO)}


def _in_carica(progetto: Progetto) -> dict[object, list[Carica]]:
    """By soggetto, the legal representatives of its ente today; each knows the name that its soggetto has here."""
    cariche = Carica.objects.che_rappresentano().filter(tipo=Carica.Tipo.LEGALE_RAPPRESENTANTE)
    cariche = cariche.filter(ente__partecipazioni__progetto=progetto).select_related("persona").order_by("pk")
    qui = {"riga": F("ente__partecipazioni__pk"), "soggetto": F("ente__partecipazioni__denominazione")}
    trovate = defaultdict(list)
    for carica in cariche.annotate(**qui):
        trovate[carica.riga].append(carica)
    return trovate


def _nuova(in_carica: list[Carica], scritto: str) -> Carica | None:
    """Who is in office, unless the copy names one who is."""
    if any(stesso_nome(str(carica.persona), scritto) for carica in in_carica):
        return None
    return in_carica[-1] if in_carica else None


def avvisa_i_capofila(cambio: CambioDiCarica, utente) -> None:
    """Tell who prepares each project where the ente is, once for each carica and project; not who did it."""
    progetti = Progetto.objects.filter(partecipazioni__ente=cambio.ente).exclude(stato__in=FINITI)
    testo = Truncator(racconta(cambio)).chars(Notifica._meta.get_field("testo").max_length)
    carica = cambio.nuova or cambio.prima
    genere = "carica" if cambio.nuova else "cessata"
    for progetto in progetti.order_by("pk"):
        chi = [u for u in di_ente(progetto.capofila_id, *PREPARANO) if u != utente]
        url = reverse("progetti:dettaglio", args=[progetto.pk])
        notifiche.avvisa(chi, chiave=f"{genere}:{carica.pk}:{progetto.pk}", testo=testo, url=url)


def racconta(cambio: CambioDiCarica) -> str:
    """Return «Il legale rappresentante di X è cambiato il 01/03/2026 (delibera 12): prima A, ora B.»"""
    nuova, prima = cambio.nuova, cambio.prima
    if nuova is None:
        return f"{prima.persona} non è più il legale rappresentante di {cambio.ente} dopo il {scrivi_data(prima.al)}."
    verbo = "è cambiato" if nuova.dal <= timezone.localdate() else "cambia"
    atto = f" ({nuova.atto})" if nuova.atto else ""
    chi = f"prima {prima.persona}, ora {nuova.persona}" if prima else f"ora {nuova.persona}"
    return f"Il legale rappresentante di {cambio.ente} {verbo} il {scrivi_data(nuova.dal)}{atto}: {chi}."


def progetti_di(ente: Ente, utente) -> Riquadro | None:
    """Return the projects of an ente that the person may see, the newest."""
    partecipazioni = Partecipazione.objects.filter(ente=ente, progetto__in=Progetto.objects.visibili_a(utente))
    partecipazioni = partecipazioni.select_related("progetto").order_by("-progetto__modificato_il", "pk")[:MOSTRATI]
    voci = [
        Voce(
            str(p.progetto),
            reverse("progetti:dettaglio", args=[p.progetto_id]),
            p.get_ruolo_display(),
            p.progetto.get_stato_display(),
            p.progetto.tono,
        )
        for p in partecipazioni
    ]
    return Riquadro("Progetti", voci) if voci else None

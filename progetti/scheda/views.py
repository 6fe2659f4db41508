"""Filling in: a page is one form of one or more blocks, each saved, refused and merged on its own."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from conciliazione.http.parcheggio import inviati
from conciliazione.schede import contesa
from conciliazione.schede.edizione import Blocco

from .. import accesso
from . import non_salvato, permessi
from .accesso import blocco_di, sezione_di
from .bilancio import bilancio_di
from .blocchi import blocchi_di_riga, blocchi_di_sezione, blocco_mostrato, suo_denaro_prima
from .non_salvato import ricorda, senza_perdere
from .pagina import Pagina
from .salva import Salvataggio, errori_di, in_conflitto, salva


@senza_perdere
def sezione(request, pk, chiave):
    """Show a section: its questions and tables as one form; what has a page of its own as a list."""
    progetto = accesso.scheda_leggibile(request, pk, blocca=request.method == "POST")
    pagina = Pagina(progetto, request.user)
    sezione = sezione_di(pagina.edizione, chiave)
    url = reverse("progetti:sezione", args=[pk, chiave])
    blocchi = blocchi_di_sezione(pagina.edizione, sezione)
    return _modifica(request, pagina, blocchi, url, {"sezione": sezione, "riga": None, "soggetto": None, "ultima": None})


@senza_perdere
def riga(request, pk, blocco, riga):
    """Show one row of a repeated block: what one soggetto says of itself."""
    progetto = accesso.scheda_leggibile(request, pk, blocca=request.method == "POST")
    pagina = Pagina(progetto, request.user)
    definizione = blocco_di(pagina.edizione, blocco)
    trovata = next((r for r in definizione.righe(pagina.contenuto) if r["id"] == str(riga)), None)
    if trovata is None or not definizione.a_parte:
        return _senza_riga(request, pagina, definizione, str(riga))
    sezione = pagina.edizione.sezione_di(blocco)
    url = reverse("progetti:riga", args=[pk, blocco, riga])
    soggetto = next((s for s in pagina.soggetti if s["id"] == str(riga)), None)
    altro = {"sezione": sezione, "riga": trovata, "blocco": definizione, "soggetto": soggetto}
    altro["titolo_riga"] = definizione.titolo_riga(trovata) or "(senza titolo)"
    altro["ultima"] = progetto.compilazioni.select_related("aggiornata_da").filter(blocco=blocco, riga=riga).first()
    return _modifica(request, pagina, blocchi_di_riga(pagina.edizione, definizione, str(riga)), url, altro)


def _senza_riga(request, pagina: Pagina, blocco: Blocco, riga: str):
    dati = inviati(request)
    if dati is None or not blocco.a_parte:
        raise Http404("riga inesistente")
    return non_salvato.tolta(request, pagina, blocchi_di_riga(pagina.edizione, blocco, riga), dati)


def _modifica(request, pagina: Pagina, blocchi: list, url: str, altro: dict):
    dati = inviati(request)
    if dati is None:
        mostrati = [blocco_mostrato(pagina, blocco, riga, nuove=_nuove(request)) for blocco, riga in blocchi]
        return _mostra(request, pagina, mostrati, altro)
    mostrati = [blocco_mostrato(pagina, blocco, riga, dati=dati) for blocco, riga in blocchi]
    if not any(p["modulo"] for p in mostrati):
        return non_salvato.chiusa(request, pagina, blocchi, dati)
    if request.method != "POST":
        moduli = [p["modulo"] for p in mostrati if p["modulo"]]
        return _mostra(request, pagina, mostrati, altro, Salvataggio(errori=errori_di(moduli)), ripresa=True)
    return _salva(request, pagina, mostrati, url, altro)


def _salva(request, pagina: Pagina, mostrati: list[dict], url: str, altro: dict):
    esito = salva(pagina.progetto, [p["modulo"] for p in mostrati if p["modulo"]], request.user)
    esito.errori += _dispersi(request, pagina, mostrati)
    if esito.conflitti:
        return render(
            request,
            "progetti/scheda/conflitto.html",
            _contesto(pagina, altro) | in_conflitto(pagina, esito) | {"url": url},
            status=409,
        )
    if esito.errori:
        fresca = Pagina(pagina.progetto, pagina.utente)
        return _mostra(request, fresca, _da_correggere(fresca, mostrati, esito), altro, esito)
    messages.success(request, "Salvato." if esito.scritti else "Era già tutto salvato.")
    return redirect(_dopo(request, pagina, altro, url))


def _da_correggere(fresca: Pagina, mostrati: list[dict], esito: Salvataggio) -> list[dict]:
    """A block that was accepted is shown as it is now; one that was refused in part as it was typed."""
    mandati = {m.blocco.id: contesa.dopo_il_salvataggio(m, f, fresca.contenuto) for m, f in esito.in_parte}
    ridati = [blocco_mostrato(fresca, p["blocco"], p["riga"], dati=mandati.get(p["blocco"].id)) for p in mostrati]
    for ridato in ridati:
        if ridato["modulo"] and not ridato["modulo"].si_apre:
            ridato["modulo"].accetta()
    return ridati


def _dispersi(request, pagina: Pagina, mostrati: list[dict]) -> list[tuple[str, str, str]]:
    """What was typed in a row that meanwhile went to another, or away: told, and kept in history."""
    scritti = non_salvato.dispersi(pagina, mostrati, request.POST)
    ricorda(pagina.progetto, scritti, pagina.contenuto, pagina.edizione, request.user)
    dove = {p["blocco"].chiave: p["blocco"].id for p in mostrati}
    perche = (
        "mentre scrivevi la riga è passata ad altri o è stata eliminata, e «{}» non si è potuto salvare: resta nella storia."
    )
    return [(dove[s.blocco], s.etichetta, perche.format(s.testo)) for s in scritti]


def _nuove(request) -> int:
    """How many blank rows a table shows: asked with «aggiungi righe»."""
    chieste = request.GET.get("righe", "")
    return min(int(chieste), 20) if chieste.isdecimal() and len(chieste) < 4 else 1


def _contesto(pagina: Pagina, altro: dict) -> dict:
    sezioni = list(pagina.edizione.sezioni)
    posto = sezioni.index(altro["sezione"])
    riga = altro["riga"]["id"] if altro["riga"] else ""
    blocchi = {altro["blocco"].chiave} if riga else {b.chiave for b in altro["sezione"].blocchi}
    return altro | {
        "mancanze_qui": pagina.cosa_manca_in(blocchi, riga),
        "scheda": pagina,
        "progetto": pagina.progetto,
        "indice": pagina.indice(altro["sezione"].chiave),
        "prima": sezioni[posto - 1] if posto else None,
        "dopo": sezioni[posto + 1] if posto + 1 < len(sezioni) else None,
        "posto": posto + 1,
        "quante": len(sezioni),
    }


def _mostra(
    request, pagina: Pagina, mostrati: list[dict], altro: dict, esito: Salvataggio | None = None, *, ripresa: bool = False
):
    contesto = _contesto(pagina, altro) | {
        "mostrati": suo_denaro_prima(pagina, mostrati),
        "si_scrive": any(p["modulo"] for p in mostrati),
        "errori": esito.errori if esito else [],
        "scritti": esito.scritti if esito else 0,
        "per_conto": _per_conto(pagina, altro),
        "bilancio": bilancio_di(pagina, [p["blocco"] for p in mostrati]),
        "suo_obiettivo": pagina.progetto if pagina.compila else None,
        "da_rivedere": bool(pagina.contenuto["da_rivedere"]),
        "storia": permessi.puo_leggere_la_storia(pagina.utente, pagina.progetto),
        "presenza": _pagina_di(altro) if pagina.progetto.modificabile else "",
        # What was typed before the log-in waits for the button, that frees it.
        "salvataggio": "" if ripresa else _dove_si_salva(pagina, altro),
        "aperta": timezone.now().isoformat(),
        "ripresa": ripresa,
    }
    return render(request, "progetti/scheda/sezione.html", contesto, status=422 if esito and not ripresa else 200)


def _pagina_di(altro: dict) -> str:
    """The name of the page, for who is in it."""
    return f"{altro['blocco'].chiave}/{altro['riga']['id']}" if altro["riga"] else altro["sezione"].chiave


def _dove_si_salva(pagina: Pagina, altro: dict) -> str:
    if altro["riga"]:
        return reverse("progetti:salvataggio_riga", args=[pagina.progetto.pk, altro["blocco"].chiave, altro["riga"]["id"]])
    return reverse("progetti:salvataggio", args=[pagina.progetto.pk, altro["sezione"].chiave])


def _per_conto(pagina: Pagina, altro: dict) -> str:
    """The name of the partner in whose place the capofila is writing."""
    riga = altro.get("riga")
    if not riga or not pagina.compila or riga["id"] in pagina.miei:
        return ""
    return altro["titolo_riga"] if altro["soggetto"] else ""


def _dopo(request, pagina: Pagina, altro: dict, url: str) -> str:
    if "aggiungi" in request.POST:
        return f"{url}?righe=4#{request.POST['aggiungi']}"
    if "continua" in request.POST and pagina.mie_parti:
        return _nella_sua_parte(pagina, altro) or reverse("progetti:dettaglio", args=[pagina.progetto.pk])
    dopo = _contesto(pagina, altro)["dopo"]
    if "continua" in request.POST and altro["riga"] is None and dopo is not None:
        return reverse("progetti:sezione", args=[pagina.progetto.pk, dopo.chiave])
    if "continua" in request.POST:
        return _dopo_la_riga(pagina, altro) or reverse("progetti:dettaglio", args=[pagina.progetto.pk])
    return url


def _nella_sua_parte(pagina: Pagina, altro: dict) -> str:
    """For who fills in its own part: what else there is of it, as it is now that this is saved."""
    return Pagina(pagina.progetto, pagina.utente).dove_continua(altro["soggetto"]["id"] if altro["soggetto"] else "")


def _dopo_la_riga(pagina: Pagina, altro: dict) -> str:
    """For who fills in the whole scheda: the next row of the same block, or the section after the last one."""
    if altro["riga"] is None or not pagina.compila:
        return ""
    blocco = altro["blocco"]
    righe = [r["id"] for r in blocco.righe(pagina.contenuto)]
    seguenti = righe[righe.index(altro["riga"]["id"]) + 1 :]
    if seguenti:
        return reverse("progetti:riga", args=[pagina.progetto.pk, blocco.chiave, seguenti[0]])
    return reverse("progetti:sezione", args=[pagina.progetto.pk, altro["sezione"].chiave]) + f"#{blocco.id}"

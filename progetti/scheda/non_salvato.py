"""What a page sent, field by field and in words: for when it cannot be written where it was meant to go."""

import copy
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BoundField
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render

from alleanze.permessi import PREPARANO, agisce_per
from conciliazione.http import parcheggio
from conciliazione.models import Passaggio
from conciliazione.passaggi import in_parole
from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.contesa import CONTESA
from conciliazione.schede.edizione import Blocco, Edizione
from conciliazione.schede.modulo import IMPRONTA
from conciliazione.schede.salvataggio import impronta
from conciliazione.schede.tipi import Valore, vuoto
from conciliazione.templatetags.italiano import data_ora

from ..contenuto import eventi
from ..edizioni import EDIZIONI
from ..models import Presentazione, Progetto, Scartato
from ..stati import Stato
from .blocchi import blocco_mostrato
from .pagina import Pagina

RIGA = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NULLA: Contenuto = defaultdict(list, avviso={}, progetto={}, risposte={})
"""The content of a project of which nothing may be read: rows have no titles, and choices no names."""


@dataclass(frozen=True)
class CampoScritto:
    """A field that somebody changed: how it is called, what was typed, and the same as it travels."""

    blocco: str
    riga: str
    campo: str
    etichetta: str
    testo: str
    valore: Valore


def campi_scritti(blocco: Blocco, contenuto: Contenuto, dati: QueryDict) -> list[CampoScritto]:
    """Return what was typed in a block: of what the page sent, all that is not as the page was opened."""
    if blocco.altrove or not blocco.campi():
        return []
    return [scritto for riga in _righe(blocco, contenuto, dati) for scritto in _di_riga(blocco, contenuto, dati, riga)]


def campi_scritti_in(edizione: Edizione, dati: QueryDict) -> list[CampoScritto]:
    """Return the same of a whole page, when nothing may be read of the project."""
    return [scritto for blocco in edizione.blocchi for scritto in campi_scritti(blocco, NULLA, dati)]


def indovina(dati: QueryDict) -> list[CampoScritto]:
    """Return what was typed in a page of whatever scheda: the edition is the one that knows most of the names that came."""
    candidati = [campi_scritti_in(edizione, dati) for edizione in EDIZIONI.values()]
    return max(candidati, key=len, default=[])


def ricorda(progetto: Progetto, cosa: Iterable[CampoScritto], contenuto: Contenuto, edizione: Edizione, utente) -> None:
    """Keep in history what was typed and not written: once, also when it is sent twice."""
    for scritto in cosa:
        dove = {"progetto": progetto, "blocco": scritto.blocco, "riga": scritto.riga, "campo": scritto.campo}
        tenuto = _attuale(edizione.blocco(scritto.blocco), contenuto, scritto)
        ultimo = Scartato.objects.filter(**dove, deciso_da=utente).first()
        if ultimo is None or ultimo.scartato != scritto.valore:
            Scartato.objects.create(**dove, tenuto=tenuto, scartato=scritto.valore, deciso_da=utente)


def _attuale(blocco: Blocco, contenuto: Contenuto, scritto: CampoScritto) -> Valore:
    riga = next((r for r in blocco.righe(contenuto) if r["id"] == scritto.riga), None)
    return blocco.valore(contenuto, riga, scritto.campo) if riga else None


def _righe(blocco: Blocco, contenuto: Contenuto, dati: QueryDict) -> list[dict]:
    """The rows that the names of the inputs tell of, in the order of the page; of one that is no more, its id."""
    campi = "|".join(re.escape(campo) for campo in blocco.campi())
    nome = re.compile(f"{re.escape(blocco.id)}(?:_(.+))?-(?:{campi})(?:{IMPRONTA})?")
    dette = dict.fromkeys(trovato[1] or "" for chiave in dati if (trovato := nome.fullmatch(chiave)))
    note = {r["id"]: r for r in blocco.righe(contenuto)}
    return [note.get(riga, {"id": riga}) for riga in dette if riga in note or RIGA.fullmatch(riga)]


def _di_riga(blocco: Blocco, contenuto: Contenuto, dati: QueryDict, riga: dict) -> Iterable[CampoScritto]:
    pk = riga["id"]
    form = blocco.form(contenuto, riga, data=dati, prefix=f"{blocco.id}_{pk}" if pk else blocco.id)
    for nome in form.fields:
        campo = form[nome]
        valore = _letto(campo)
        if _mandato(campo, dati) and _cambiato(valore, dati.get(campo.html_name + IMPRONTA)):
            yield CampoScritto(blocco.chiave, pk, nome, _etichetta(blocco, riga, campo), _testo(campo, valore), valore)


def _mandato(campo: BoundField, dati: QueryDict) -> bool:
    """Boxes are sent as nothing when none is ticked: then the fingerprint alone tells that they were there."""
    if campo.html_name in dati:
        return True
    omesso = campo.field.widget.value_omitted_from_data(dati, {}, campo.html_name)
    return campo.html_name + IMPRONTA in dati and not omesso


def _cambiato(valore: Valore, originale: str | None) -> bool:
    return not vuoto(valore) if originale is None else impronta(valore) != originale


def _letto(campo: BoundField) -> Valore:
    """As it travels or, where it cannot be understood, as it was typed."""
    try:
        return campo.field.al_filo(campo.field.clean(campo.data))
    except ValidationError:
        return campo.data


def _testo(campo: BoundField, valore: Valore) -> str:
    try:
        letto = campo.field.testo(valore)
    except (ArithmeticError, TypeError, ValueError):
        letto = ""
    return letto or ("; ".join(campo.data) if isinstance(campo.data, list) else str(campo.data or ""))


def _etichetta(blocco: Blocco, riga: dict, campo: BoundField) -> str:
    parti = [blocco.chiamato, blocco.titolo_riga(riga), campo.field.gruppo, str(campo.label)]
    return " · ".join(dict.fromkeys(" ".join(parte.split()) for parte in parti if parte))


# Pages that give back what was typed, when it cannot be saved where it was meant to go.


def senza_perdere(vista):
    """Ask for the log-in by itself, and answer a stranger with 404; but who was writing gets the text back."""

    @login_not_required
    @wraps(vista)
    def avvolta(request, pk, **argomenti):
        if not request.user.is_authenticated:
            return _senza_accesso(request)
        try:
            return vista(request, pk, **argomenti)
        except Http404:
            if request.method != "POST" or not _lo_vedeva(request.user, pk):
                raise
            return _non_piu_visibile(request, pk)

    return avvolta


def _lo_vedeva(utente, pk) -> bool:
    """Whether the whole project, and not something of it, is what the person does not find any more."""
    return not Progetto.objects.visibili_a(utente).filter(pk=pk).exists() and eventi.vi_scriveva(utente, pk)


def _senza_accesso(request) -> HttpResponse:
    """What was typed waits for the log-in; what is too much to wait is given back at once."""
    mandati = indovina(request.POST) if request.method == "POST" else []
    if not mandati:
        return redirect_to_login(request.get_full_path())
    if risposta := parcheggio.parcheggia(request):
        return risposta
    contesto = {
        "titolo": "L'accesso è scaduto",
        "motivi": ["Mentre scrivevi l'accesso è scaduto, e quello che hai scritto non si può tenere da parte: copialo da qui."],
        "campi_scritti": mandati,
        "accesso": redirect_to_login(request.path).url,
    }
    return _pagina(request, contesto, 403)


def _non_piu_visibile(request, pk) -> HttpResponse:
    """The scheda was thrown away, or one's ente taken out of it, while one was writing."""
    mandati = indovina(request.POST)
    progetto = Progetto.objects.select_related("avviso__ats", "alleanza__ats", "capofila").filter(pk=pk).first()
    if progetto is None:
        motivo = f"La scheda è stata eliminata{_da(eventi.progetto_eliminato(pk))}: non si può più scrivere."
    else:
        motivo = "Il tuo ente non è più tra i soggetti del progetto: non si può più scrivere nella sua scheda."
        pagina = Pagina(progetto, request.user)
        ricorda(progetto, mandati, pagina.contenuto, pagina.edizione, request.user)
    contesto = {
        "titolo": "Non si può più scrivere",
        "motivi": [motivo],
        "campi_scritti": mandati,
        "nella_storia": progetto is not None,
    }
    return _pagina(request, contesto, 409)


def chiusa(request, pagina: Pagina, blocchi: list, dati) -> HttpResponse:
    """Answer that the scheda was filed while somebody who could write here was writing."""
    mandati, poteva = _di_chi_poteva(pagina, blocchi, dati)
    if pagina.progetto.modificabile or not poteva:
        raise PermissionDenied
    motivi = [_come_fu_chiusa(pagina.progetto), "La scheda è stata presentata: non si può più scrivere."]
    return _della_scheda(request, pagina, "La scheda è stata presentata", motivi, mandati)


def tolta(request, pagina: Pagina, blocchi: list, dati) -> HttpResponse:
    """Answer that the row of this page was taken out while somebody who could write in it was writing."""
    blocco, riga = blocchi[0]
    che_fu = eventi.riga_tolta(pagina.progetto, blocco.fonte, riga)
    if che_fu is None or not _poteva(pagina, che_fu.riga):
        raise Http404("riga inesistente")
    nome = blocco.titolo_riga(vars(che_fu.riga)) or "questa parte"
    motivo = f"«{nome}» è stata tolta dalla scheda{_da(che_fu)}: non si può più scrivere in «{blocco.chiamato}»."
    mandati = [s for b, r in blocchi for s in campi_scritti(b, pagina.contenuto, dati) if r in (None, s.riga)]
    return _della_scheda(request, pagina, "Questa parte non c'è più", [motivo], mandati)


def dispersi(pagina: Pagina, mostrati: list[dict], dati) -> list[CampoScritto]:
    """Return what was typed in rows that this person may not write any more, though it may write others of the same page."""
    return [s for p in mostrati for s in campi_scritti(p["blocco"], pagina.contenuto, dati) if not _raccolto(p, s, dati)]


def _raccolto(parte: dict, scritto: CampoScritto, dati) -> bool:
    """Whether the form of the block sees to it: it has the row, asks about it, or tells that it is gone."""
    blocco, modulo = parte["blocco"], parte["modulo"]
    if modulo is None:
        return False
    chiesta = f"{blocco.id}_{scritto.riga}{CONTESA}" in dati
    return scritto.riga in modulo.fogli or chiesta or (not blocco.si_aggiunge and scritto.riga not in modulo.tutte)


def pagina_scaduta(request, reason="") -> HttpResponse:
    """Answer in place of Django to a form whose token is too old: what was typed is there to be copied."""
    contesto = {"campi_scritti": indovina(request.POST) if request.method == "POST" else [], "pagina": request.path}
    return _riservata(render(request, "403_csrf.html", contesto, status=403))


def _della_scheda(request, pagina: Pagina, titolo: str, motivi: list[str], mandati: list[CampoScritto]) -> HttpResponse:
    if request.method == "POST":
        ricorda(pagina.progetto, mandati, pagina.contenuto, pagina.edizione, request.user)
    contesto = {
        "titolo": titolo,
        "motivi": [motivo for motivo in motivi if motivo],
        "campi_scritti": mandati,
        "nella_storia": request.method == "POST",
        "progetto": pagina.progetto,
    }
    return _pagina(request, contesto, 409)


def _pagina(request, contesto: dict, codice: int) -> HttpResponse:
    vuoto = {"progetto": None, "accesso": "", "nella_storia": False}
    return _riservata(render(request, "progetti/scheda/non_salvato.html", vuoto | contesto, status=codice))


def _riservata(risposta: HttpResponse) -> HttpResponse:
    """Also to who is not logged in: the text of one is not for who sits there next."""
    risposta["Cache-Control"] = "private, no-store"
    return risposta


def _di_chi_poteva(pagina: Pagina, blocchi: list, dati) -> tuple[list[CampoScritto], bool]:
    """What was typed where the person could write if the scheda were open; and whether there is any such place."""
    aperta = _ancora_aperta(pagina)
    moduli = [(blocco, blocco_mostrato(aperta, blocco, riga, dati=dati)["modulo"]) for blocco, riga in blocchi]
    mandati = [s for blocco, m in moduli if m for s in campi_scritti(blocco, pagina.contenuto, dati) if s.riga in m.fogli]
    return mandati, any(modulo for _, modulo in moduli)


def poteva_scrivere(pagina: Pagina, blocchi: list, dati) -> bool:
    """Whether it is only the state of the scheda that stops this person here."""
    return _di_chi_poteva(pagina, blocchi, dati)[1]


def _ancora_aperta(pagina: Pagina) -> Pagina:
    progetto = copy.copy(pagina.progetto)
    progetto.stato = Stato.BOZZA
    aperta = Pagina(progetto, pagina.utente)
    aperta.contenuto = pagina.contenuto
    return aperta


def _poteva(pagina: Pagina, riga) -> bool:
    """The capofila writes any row; a partner that of its ente."""
    return _ancora_aperta(pagina).compila or agisce_per(pagina.utente, getattr(riga, "ente_id", None), *PREPARANO)


def _come_fu_chiusa(progetto: Progetto) -> str:
    """Who filed, when, and with which number."""
    passaggio = Passaggio.objects.di(progetto).filter(a=progetto.stato).last()
    if passaggio is None:
        return ""
    che_cosa = in_parole(progetto, passaggio).che_cosa.capitalize()
    chi = f" da {passaggio.utente}" if passaggio.utente else ""
    numero = Presentazione.objects.filter(versione__progetto=progetto, ritirata_il=None).last()
    return f"{che_cosa}{chi} il {data_ora(passaggio.il)}{f', domanda n. {numero}' if numero else ''}."


def _da(tolto: eventi.Tolto | None) -> str:
    if tolto is None:
        return ""
    return f"{f' da {tolto.chi}' if tolto.chi else ''} il {data_ora(tolto.quando)}"

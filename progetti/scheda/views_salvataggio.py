"""Saving while one writes: the same page, merged and written in the same way, answered to the page's own script.

It decides nothing: a conflict, a removal, a scheda that was filed meanwhile wait for the button, whose pages already give
back what was typed.
"""

from datetime import datetime
from functools import wraps

import pghistory
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from conciliazione.schede.contesa import impronte_salvate, senza_decisioni
from conciliazione.schede.modulo import Modulo

from ..accesso import scheda_leggibile
from ..contenuto import contenuto, eventi
from . import accesso, non_salvato
from .blocchi import blocchi_di_riga, blocchi_di_sezione, modulo_da_salvare
from .pagina import Pagina
from .salva import Salvataggio, chi_ha_scritto, salva

PASSATA = "la riga è passata ad altri o è stata eliminata: premi «Salva», e il testo ti viene ridato."


def con_accesso(vista):
    """Tell who has no log-in any more, in place of the page for it: the log-in page would be of no use to a script."""

    @login_not_required
    @wraps(vista)
    def avvolta(request, pk, **argomenti):
        if not request.user.is_authenticated:
            return JsonResponse({"esito": "accesso"}, status=401)
        return vista(request, pk, **argomenti)

    return avvolta


@require_POST
@con_accesso
def sezione(request, pk, chiave):
    pagina = _pagina(request, pk)
    quale = accesso.sezione_di(pagina.edizione, chiave)
    return _salva(request, pagina, blocchi_di_sezione(pagina.edizione, quale))


@require_POST
@con_accesso
def riga(request, pk, blocco, riga):
    pagina = _pagina(request, pk)
    definizione = accesso.blocco_di(pagina.edizione, blocco)
    if not definizione.a_parte or all(r["id"] != str(riga) for r in definizione.righe(pagina.contenuto)):
        raise Http404("riga inesistente")
    return _salva(request, pagina, blocchi_di_riga(pagina.edizione, definizione, str(riga)))


def _pagina(request, pk) -> Pagina:
    return Pagina(scheda_leggibile(request, pk, blocca=True), request.user)


def _salva(request, pagina: Pagina, blocchi: list):
    dati = senza_decisioni(request.POST)
    parti = [{"blocco": blocco, "modulo": _modulo(pagina, blocco, riga, dati)} for blocco, riga in blocchi]
    moduli = [parte["modulo"] for parte in parti if parte["modulo"]]
    if not moduli:
        return _chiusa(pagina, blocchi, dati)
    # Each event is kept; the history shows as one those of a row that follow one another (`storia.momenti`).
    pghistory.context(**{eventi.DA_SOLO: _aperta(request)})
    esito = salva(pagina.progetto, moduli, request.user)
    esito.errori += [(s.blocco, s.etichetta, PASSATA) for s in non_salvato.dispersi(pagina, parti, dati)]
    dopo = contenuto(pagina.progetto) if esito.scritti else pagina.contenuto
    codice = 409 if esito.conflitti else 422 if esito.errori else 200
    return JsonResponse(_risposta(pagina, esito, moduli, dopo), status=codice)


def _aperta(request) -> str:
    """When the page was opened; "" for what is no moment."""
    try:
        return datetime.fromisoformat(request.POST.get("aperta", "")).isoformat()
    except ValueError:
        return ""


def _modulo(pagina: Pagina, blocco, riga: str | None, dati) -> Modulo | None:
    if blocco.a_parte and riga is None:
        return None
    righe = [r for r in blocco.righe(pagina.contenuto) if riga in (None, r["id"])]
    return modulo_da_salvare(pagina, blocco, righe, riga, dati=dati)


def _chiusa(pagina: Pagina, blocchi: list, dati):
    """Nothing is kept here of what was typed: the button will, and gives it back."""
    if pagina.progetto.modificabile or not non_salvato.poteva_scrivere(pagina, blocchi, dati):
        raise PermissionDenied
    return JsonResponse({"esito": "chiusa"}, status=409)


def _risposta(pagina: Pagina, esito: Salvataggio, moduli: list[Modulo], dopo) -> dict:
    return {
        "esito": "in parte" if esito.errori or esito.conflitti else "salvato",
        "alle": f"{timezone.localtime():%H:%M}",
        "impronte": {nome: valore for modulo in moduli for nome, valore in impronte_salvate(modulo, dopo).items()},
        "errori": [{"id": id_, "etichetta": dove, "messaggio": perche} for id_, dove, perche in esito.errori],
        "conflitti": [{"etichetta": c["etichetta"], "chi": chi_ha_scritto(pagina, c)} for c in esito.conflitti],
    }

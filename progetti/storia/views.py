"""The history of a block, and bringing something back from it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from conciliazione.http import pagine
from conciliazione.schede.edizione import Blocco
from conciliazione.schede.modulo import IMPRONTA, Foglio, Modulo
from conciliazione.schede.salvataggio import impronta
from conciliazione.schede.tipi import vuoto

from .. import accesso
from ..scheda import permessi
from ..scheda.accesso import blocco_di
from ..scheda.blocchi import modulo_da_salvare
from ..scheda.pagina import Pagina
from .momenti import DiRiga, Momento, momenti_di

PER_PAGINA = 20


def storia(request, pk, blocco):
    """Show the history of a whole block: all its rows, those that are no more too."""
    pagina, definizione = _blocco(request, pk, blocco)
    return _mostra(request, pagina, definizione, None)


def storia_riga(request, pk, blocco, riga):
    pagina, definizione = _blocco(request, pk, blocco)
    trovata = next((r for r in definizione.righe(pagina.contenuto) if r["id"] == str(riga)), None)
    if trovata is None:
        raise Http404("riga inesistente")
    return _mostra(request, pagina, definizione, trovata)


def _blocco(request, pk, blocco) -> tuple[Pagina, Blocco]:
    progetto = accesso.progetto_visibile(request, pk, permessi.puo_leggere_la_storia)
    pagina = Pagina(progetto, request.user)
    definizione = blocco_di(pagina.edizione, blocco)
    if not definizione.campi():
        raise Http404("niente si scrive in questo blocco")
    return pagina, definizione


def _mostra(request, pagina: Pagina, blocco: Blocco, riga: dict | None):
    momenti = momenti_di(pagina, blocco, riga["id"] if riga else None)
    return render(
        request,
        "progetti/storia/storia.html",
        _contesto(pagina, blocco)
        | {
            "titolo_riga": blocco.titolo_riga(riga) if riga else "",
            "torna": dove_si_scrive(pagina, blocco, riga or {"id": ""}),
            "pagina": pagine.pagina(request, momenti, PER_PAGINA),
        },
    )


def _contesto(pagina: Pagina, blocco: Blocco) -> dict:
    return {"progetto": pagina.progetto, "blocco": blocco, "sezione": pagina.edizione.sezione_di(blocco.chiave)}


def dove_si_scrive(pagina: Pagina, blocco: Blocco, riga: dict) -> str:
    """Return the page that has the form of a row of a block."""
    sopra = pagina.edizione.blocco(blocco.dentro) if blocco.dentro else None
    if sopra and sopra.a_parte and (padre := riga.get(blocco.padre)):
        return reverse("progetti:riga", args=[pagina.progetto.pk, sopra.chiave, padre])
    if blocco.a_parte and riga["id"]:
        return reverse("progetti:riga", args=[pagina.progetto.pk, blocco.chiave, riga["id"]])
    return reverse("progetti:sezione", args=[pagina.progetto.pk, pagina.edizione.sezione_di(blocco.chiave).chiave])


def ripristina(request, pk, blocco):
    """Show what there was then beside what there is now; its button sends that of then to the page where it is written, as if
    typed now: there it is merged, refused or contested like anything else.
    """
    pagina, definizione = _blocco(request, pk, blocco)
    di_riga, momento = _di_riga(request, momenti_di(pagina, definizione))
    campo = request.GET.get("campo", "")
    intera = not campo
    if (intera and not di_riga.ridare) or (not intera and not any(c.campo == campo and c.ridare for c in di_riga.cambi)):
        raise PermissionDenied
    modulo, riga = _modulo(pagina, definizione, di_riga, nuova=intera)
    foglio = modulo.fogli.get(di_riga.riga)
    if foglio is None or (campo and campo not in foglio.form.fields):
        raise PermissionDenied
    ridati = _intera(modulo, foglio, di_riga) if intera else [_campo(modulo, foglio, campo, di_riga)]
    contesto = {"momento": momento, "riga": di_riga, "ridati": ridati, "intera": intera, "nome_righe": modulo.nome_righe}
    contesto |= {"url": dove_si_scrive(pagina, definizione, riga), "torna": reverse("progetti:storia", args=[pk, blocco])}
    return render(request, "progetti/storia/ripristina.html", _contesto(pagina, definizione) | contesto)


def _di_riga(request, momenti: list[Momento]) -> tuple[DiRiga, Momento]:
    chiave, riga = request.GET.get("momento", ""), request.GET.get("riga", "")
    for momento in momenti:
        for di_riga in momento.righe:
            if (momento.chiave, di_riga.riga) == (chiave, riga):
                return di_riga, momento
    raise Http404("momento inesistente")


def _modulo(pagina: Pagina, blocco: Blocco, di_riga: DiRiga, *, nuova: bool) -> tuple[Modulo, dict]:
    """The form that would take it, and the row: that of today or, of one that is no more, that of then."""
    riga = next((r for r in blocco.righe(pagina.contenuto) if r["id"] == di_riga.riga), None)
    riga = riga or {"id": di_riga.riga, **{n: _solo(v) for n, v in di_riga.valori.items()}}
    sua = blocco.di(riga[blocco.padre]) if blocco.dentro and riga.get(blocco.padre) else blocco
    modulo = modulo_da_salvare(pagina, sua, sua.righe(pagina.contenuto), None, nuove=0)
    if modulo is None or (nuova and not modulo.aggiunge):
        raise PermissionDenied
    if nuova:
        modulo.fogli[di_riga.riga] = modulo._foglio(di_riga.riga)
    return modulo, riga


def _solo(valore):
    """Of a row that was not put back each value is a list, as a browser sent it."""
    return valore[0] if isinstance(valore, list) and len(valore) == 1 else valore


def _campo(modulo: Modulo, foglio: Foglio, campo: str, di_riga: DiRiga) -> dict:
    definizione, oggi = foglio.form.fields[campo], modulo.attuali[di_riga.riga].get(campo)
    return {
        "etichetta": definizione.label,
        "nome": modulo.nome(di_riga.riga, campo),
        "nome_impronta": modulo.nome(di_riga.riga, campo) + IMPRONTA,
        "impronta": impronta(oggi),
        "oggi": definizione.testo(oggi),
        "allora": _in_parole(definizione, di_riga.valori[campo]),
        "grezzi": _grezzi(definizione, di_riga.valori[campo]),
    }


def _intera(modulo: Modulo, foglio: Foglio, di_riga: DiRiga) -> list[dict]:
    """A row that comes back is a new one: nothing of today to compare it with."""
    return [
        {
            "etichetta": campo.label,
            "nome": modulo.nome(di_riga.riga, nome),
            "allora": _in_parole(campo, _solo(di_riga.valori.get(nome))),
            "grezzi": _grezzi(campo, _solo(di_riga.valori.get(nome))),
        }
        for nome, campo in foglio.form.fields.items()
        if not vuoto(di_riga.valori.get(nome))
    ]


def _in_parole(campo, valore) -> str:
    """What was typed and refused has no other words than its own."""
    try:
        detto = campo.testo(valore)
    except (ArithmeticError, TypeError, ValueError):
        detto = ""
    return detto or str(valore or "")


def _grezzi(campo, valore) -> list[str]:
    try:
        mostrato = campo.dal_filo(valore)
    except (ArithmeticError, TypeError, ValueError):
        mostrato = valore
    return [str(v) for v in (mostrato if isinstance(mostrato, list) else [mostrato])]

"""What the examinations share: recording an act, the worklist, the blocks of a page, the forms of who answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Page
from django.db.models import Case, F, Model, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from ..http import pagine
from ..models import Atto, Lettera, Passaggio, Utente
from ..passaggi import racconta, spiega_i_rifiuti
from . import termini

ATTIMO = timedelta(seconds=10)
"""Within it, the same again is the same button pressed twice."""


def registra_atto(oggetto: Model, utente: Utente, atto: dict | None) -> Atto | None:
    """Register the act that a decision names (`forms.ConAtto`), if it names one; its file was looked into by the form."""
    return Atto.objects.per(oggetto, registrato_da=utente, **{c: v or "" for c, v in atto.items()}) if atto else None


# The worklist.


@dataclass(frozen=True)
class Filtro:
    """One choice above the list: `nome` in the address, `campo` of the rows, what there is to choose from."""

    nome: str
    etichetta: str
    tutti: str
    scelte: Sequence[tuple[str, str]]
    campo: str
    scelto: str = ""


def per_urgenza(righe: QuerySet, *turni: Sequence[str]) -> QuerySet:
    """Return the rows sorted by whose turn it is, as `turni` have the states in order; within one, what ends first; the rest as
    it comes.

    The order that the rows have breaks the ties.
    """
    casi = [When(stato__in=stati, then=Value(posto)) for posto, stati in enumerate(turni)]
    scade = termini.fine_del_piu_vicino(righe.model, timezone.localdate())
    righe = righe.annotate(turno=Case(*casi, default=Value(len(turni))), scade=scade)
    return righe.order_by("turno", F("scade").asc(nulls_last=True), *righe.model._meta.ordering)


def elenco(request, righe: QuerySet, filtri: Sequence[Filtro], toni: dict[str, str]) -> dict:
    """Return a page of the rows that the person chose; each has its `tono` and its `orologi`."""
    scelti = []
    for filtro in filtri:
        scelto = request.GET.get(filtro.nome, "")
        scelto = scelto if scelto in dict(filtro.scelte) else ""
        righe = righe.filter(**{filtro.campo: scelto}) if scelto else righe
        scelti.append(Filtro(filtro.nome, filtro.etichetta, filtro.tutti, filtro.scelte, filtro.campo, scelto))
    pagina = pagine.pagina(request, righe)
    _completa(pagina, toni)
    base = "?" + urlencode({f.nome: f.scelto for f in scelti}) + "&pagina="
    return {"pagina": pagina, "filtri": scelti, "base": base, "filtrato": any(f.scelto for f in scelti)}


def _completa(pagina: Page, toni: dict[str, str]) -> None:
    orologi = termini.orologi(pagina.object_list, timezone.localdate())
    for riga in pagina:
        riga.tono, riga.orologi = toni[riga.stato], list(orologi[str(riga.pk)].values())


# The page of what is examined.


def blocchi(oggetto: Model, *, anonimo: str = "") -> dict:
    """Return what its page shows of the examination: clocks, letters, acts, what happened; `visto` names what was shown."""
    passati = racconta(oggetto, anonimo=anonimo)
    return {
        "orologi": termini.orologi([oggetto], timezone.localdate())[str(oggetto.pk)],
        "lettere": list(Lettera.objects.di(oggetto).select_related("messaggio").defer("messaggio__testo")),
        "atti": list(Atto.objects.di(oggetto)),
        "passaggi": passati,
        "visto": str(len(passati)),
    }


def moduli(suoi: dict[str, forms.Form], mandati: dict[str, forms.Form]) -> dict:
    """Return the forms of its page: one that was sent stands in the place of its own, with what is wrong in it.

    The page may have that form no more, since somebody decided meanwhile: then what was written in it is there to be read.
    """
    qui = {nome: form for nome, form in mandati.items() if nome in suoi}
    for form in qui.values():
        for nome in set(form.files) & set(form.fields) - set(form.errors):
            form.add_error(nome, "Scegli di nuovo il file: non è rimasto nella pagina.")
    altrove = [form for nome, form in mandati.items() if nome not in suoi]
    errori = [("", "", e) for form in mandati.values() for e in form.non_field_errors()]
    errori += [(c.auto_id, c.label, e) for form in qui.values() for c in form for e in c.errors]
    return {"moduli": suoi | qui, "errori": errori, "scritto": [voce for form in altrove for voce in rilegge(form)]}


def rilegge(form: forms.Form) -> list[tuple[str, str]]:
    """Return what was written in a form that cannot be sent any more: label and words of each field; of a file its name."""
    return [(campo.label, testo) for campo in form if (testo := _in_parole(form, campo))]


def _in_parole(form: forms.Form, campo: forms.BoundField) -> str:
    if campo.name in form.files:
        return f"{form.files[campo.name].name} (il file non è stato caricato)"
    scritto = str(campo.value() or "")
    return str(dict(getattr(campo.field, "choices", ())).get(scritto, scritto))


def appena_fatto(oggetto: Model, utente, *azioni: str) -> bool:
    """Whether the last thing that happened to it was done by that very person a moment ago: a button pressed twice."""
    ultimo, chi = Passaggio.objects.di(oggetto).last(), utente if utente.is_authenticated else None
    return ultimo is not None and ultimo.azione in azioni and ultimo.utente == chi and timezone.now() - ultimo.il < ATTIMO


def esegui(
    request, oggetto: Model, form: forms.Form, azione: Callable, fatto: str, *, ripeti: Callable[..., HttpResponse], torna: str
) -> HttpResponse:
    """Do what one of its forms asks: what is wrong is said on the page that had it (`ripeti`), what is done is told.

    Nobody decides on what they have not read: if something happened since the page was opened, it is shown again, with what
    was written in it. `oggetto` is locked; `azione` is a transition, by the name that its table gives it.
    """
    visto = request.POST.get("visto")
    if visto and visto != str(Passaggio.objects.di(oggetto).count()):
        if appena_fatto(oggetto, request.user, azione.__name__):
            messages.success(request, fatto)
            return redirect(torna)
        form.add_error(None, "Mentre avevi aperta questa pagina è successo altro: rileggila, e se sei d'accordo conferma.")
        return ripeti(form, status=409)
    if not form.is_valid():
        return ripeti(form, status=422)
    with spiega_i_rifiuti(request, form):
        azione(oggetto.pk, request.user, **form.cleaned_data)
        messages.success(request, fatto)
        return redirect(torna)
    return ripeti(form, status=422)

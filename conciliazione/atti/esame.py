"""What the examinations share: recording an act, the worklist, the blocks of a page, the forms of who answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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


def registra_atto(oggetto: Model, utente: Utente, atto: dict | None) -> Atto | None:
    """The act that a decision names (`forms.ConAtto`), if it names one; its file was looked into by the form."""
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
    """By whose turn it is, as `turni` have the states in order; within one, what ends first; the rest as it comes.

    The order that the rows have breaks the ties.
    """
    casi = [When(stato__in=stati, then=Value(posto)) for posto, stati in enumerate(turni)]
    scade = termini.fine_del_piu_vicino(righe.model, timezone.localdate())
    righe = righe.annotate(turno=Case(*casi, default=Value(len(turni))), scade=scade)
    return righe.order_by("turno", F("scade").asc(nulls_last=True), *righe.model._meta.ordering)


def elenco(request, righe: QuerySet, filtri: Sequence[Filtro], toni: dict[str, str]) -> dict:
    """A page of the rows that the person chose; each has its `tono` and its `orologi`."""
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
    """What its page shows of the examination: clocks, letters, acts, what happened; `visto` names what was shown."""
    passati = racconta(oggetto, anonimo=anonimo)
    return {
        "orologi": list(termini.orologi([oggetto], timezone.localdate())[str(oggetto.pk)].values()),
        "lettere": list(Lettera.objects.di(oggetto).select_related("messaggio").defer("messaggio__testo")),
        "atti": list(Atto.objects.di(oggetto)),
        "passaggi": passati,
        "visto": str(len(passati)),
    }


def errori(moduli: dict[str, forms.Form]) -> list[tuple[str, str, str]]:
    """All that is wrong in the forms of one page, for its summary."""
    campi = [(c.auto_id, c.label, e) for form in moduli.values() for c in form for e in c.errors]
    return [("", "", e) for form in moduli.values() for e in form.non_field_errors()] + campi


def esegui(
    request, oggetto: Model, form: forms.Form, azione: Callable, fatto: str, *, ripeti: Callable[..., HttpResponse], torna: str
) -> HttpResponse:
    """One of its forms was sent: what is wrong is said on the page that had it (`ripeti`), what is done is told.

    Nobody decides on what they have not read: if something happened since the page was opened, it is shown again, with what
    was written in it. `oggetto` is locked.
    """
    if not form.is_valid():
        return ripeti(form, status=422)
    visto = request.POST.get("visto")
    if visto and visto != str(Passaggio.objects.di(oggetto).count()):
        form.add_error(None, "Mentre avevi aperta questa pagina è successo altro: rileggila, e se sei d'accordo conferma.")
        return ripeti(form, status=409)
    with spiega_i_rifiuti(request):
        azione(oggetto.pk, request.user, **form.cleaned_data)
        messages.success(request, fatto)
    return redirect(torna)

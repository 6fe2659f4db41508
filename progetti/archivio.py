"""The content of a project as one dict, and the way changes go back: the only place that knows which value is a column
and which a JSON answer.
"""

import uuid
from datetime import UTC, datetime
from decimal import Decimal

from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, transaction
from django.db.models import F, Max, ProtectedError, QuerySet

from conciliazione.schede.edizione import Blocco, Prospetto
from conciliazione.schede.lettura import TOTALE
from conciliazione.schede.salvataggio import Esito
from conciliazione.schede.tipi import Contenuto, Valore, Valori

from .conferme import confermate
from .models import Avviso, Azione, Cofinanziamento, Compilazione, Dichiarato, Partecipazione, Progetto, VoceCosto

FORMATO = "conciliazione/scheda/1"
"""Name and version of this shape, which is also that of the interchange file."""

PARAMETRI = (
    "apre_il",
    "chiude_il",
    "attivita_entro",
    "aree_massime",
    "spese_generali_massimo",
    "spese_generali_base",
    "contributo_percentuale",
    "contributo_massimo",
    "righe_larghezza_mm",
    "righe_corpo_pt",
    "righe_gravita",
    "conferme_gravita",
)
"""What varies by call, frozen with each version: tomorrow's avviso does not judge yesterday's scheda."""

COLONNE_PROGETTO = ("titolo", "durata_dal", "durata_al")
COLONNE = {
    "partecipazioni": (
        "ruolo",
        "denominazione",
        "codice_fiscale",
        "partita_iva",
        "tipologia",
        "ateco",
        "lavoratori",
        "lavoratrici_donne",
        "lavoratori_uomini",
    ),
    "azioni": ("genere", "codice", "titolo", "titolo_breve"),
    "cofinanziamenti": ("partecipazione", "azione", "settore", "natura", "importo", "atto"),
}
"""Promoted values of the rows of each shared table: what is summed, filtered, joined or linked."""

MODELLI = {"partecipazioni": Partecipazione, "azioni": Azione, "cofinanziamenti": Cofinanziamento}
RIMANDI = {"partecipazione": "partecipazione_id", "azione": "azione_id"}


def al_filo(valore) -> Valore:
    """A column's value as it travels."""
    if valore is None or valore == "":
        return None
    if isinstance(valore, Decimal):
        return f"{valore:.2f}"
    if isinstance(valore, datetime):
        return valore.astimezone(UTC).isoformat(timespec="seconds")
    return valore if isinstance(valore, bool | int | list) else str(valore)


def contenuto(progetto: Progetto) -> Contenuto:
    """Everything that the scheda says now. Seven queries, whatever its size."""
    return contenuti([progetto])[progetto.pk]


def contenuti(progetti: list[Progetto]) -> dict[uuid.UUID, Contenuto]:
    """The contents of several schede, by project, in the same seven queries."""
    tabelle = (
        Partecipazione.objects.select_related("ente").order_by("ordine", "pk"),
        Azione.objects.order_by(F("genere").asc(), "ordine", "pk"),
        VoceCosto.objects.order_by("prospetto", "pk"),
        Cofinanziamento.objects.order_by("ordine", "pk"),
        Compilazione.objects.order_by("blocco", "riga"),
        Dichiarato.objects.all(),
    )
    righe = [_per_progetto(tabella, progetti) for tabella in tabelle]
    conferme = confermate([p for partecipazioni in righe[0].values() for p in partecipazioni])
    return {p.pk: _contenuto(p, *(r[p.pk] for r in righe), conferme) for p in progetti}


def _per_progetto(tabella: QuerySet, progetti: list[Progetto]) -> dict[uuid.UUID, list]:
    gruppi = {p.pk: [] for p in progetti}
    for riga in tabella.filter(progetto__in=progetti):
        gruppi[riga.progetto_id].append(riga)
    return gruppi


def _contenuto(
    progetto: Progetto,
    partecipazioni: list[Partecipazione],
    azioni: list[Azione],
    costi: list[VoceCosto],
    cofinanziamenti: list[Cofinanziamento],
    compilazioni: list[Compilazione],
    dichiarati: list[Dichiarato],
    conferme: dict,
) -> Contenuto:
    soggetti = {str(p.pk) for p in partecipazioni}
    righe = {"", TOTALE} | soggetti | {str(r.pk) for r in (*azioni, *cofinanziamenti)}
    return {
        "formato": FORMATO,
        "edizione": progetto.avviso.edizione,
        "avviso": avviso_di(progetto.avviso),
        "alleanza": _alleanza(progetto),
        "progetto": {"id": str(progetto.pk), "origine": progetto.origine}
        | {c: al_filo(getattr(progetto, c)) for c in COLONNE_PROGETTO},
        "partecipazioni": [_riga("partecipazioni", p) | {"settore": p.ente.settore} for p in partecipazioni],
        "azioni": [_riga("azioni", a) for a in azioni],
        "costi": [_costo(c) for c in costi],
        "cofinanziamenti": [_riga("cofinanziamenti", c) for c in cofinanziamenti],
        "risposte": _risposte(compilazioni, righe),
        "dichiarati": _dichiarati(dichiarati, righe),
        "conferme": {soggetto: c for soggetto, c in conferme.items() if soggetto in soggetti},
    }


def avviso_di(avviso: Avviso) -> dict:
    """An avviso as it is frozen with a scheda: name, act, and every parameter."""
    parametri = {nome: al_filo(getattr(avviso, nome)) for nome in PARAMETRI}
    ats = avviso.ats.denominazione if avviso.ats else None
    return {"codice": avviso.codice, "titolo": avviso.titolo, "atto": avviso.atto, "ats": ats} | parametri


def _alleanza(progetto: Progetto) -> dict | None:
    if progetto.alleanza is None:
        return None
    return {"nome": progetto.alleanza.nome, "ats": progetto.alleanza.ats.denominazione}


def _riga(fonte: str, riga) -> dict:
    return {"id": str(riga.pk)} | {c: al_filo(getattr(riga, RIMANDI.get(c, c))) for c in COLONNE[fonte]}


def _costo(costo: VoceCosto) -> dict:
    campi = ("prospetto", "azione", "voce", "partecipazione", "importo")
    return {"id": str(costo.pk)} | {c: al_filo(getattr(costo, RIMANDI.get(c, c))) for c in campi}


def _risposte(compilazioni: list[Compilazione], righe: set[str]) -> dict:
    """The answers, but those to rows that are no more: they stay in the database, with their history."""
    risposte: dict = {}
    for c in compilazioni:
        piene = {campo: valore for campo, valore in c.risposte.items() if valore is not None}
        if piene and str(c.riga or "") in righe:
            risposte.setdefault(c.blocco, {})[str(c.riga or "")] = piene
    return risposte


def _dichiarati(dichiarati: list[Dichiarato], righe: set[str]) -> list[dict]:
    """Sorted here: how a database sorts «totale» among identifiers depends on its collation."""
    celle = [
        {"blocco": d.blocco, "riga": d.riga, "campo": d.campo, "testo": d.testo, "importo": al_filo(d.importo)}
        for d in dichiarati
        if d.riga in righe
    ]
    return sorted(celle, key=lambda c: (c["blocco"], c["riga"], c["campo"]))


def scrivi(progetto: Progetto, blocco: Blocco, esito: Esito, *, utente=None, miei: set[str] = frozenset()) -> None:
    """Write what a merge said may be written. To be called with the project's row locked.

    miei: the soggetti that the person acts for; what is written of another one is marked «per conto di».
    Raises SuspiciousOperation for a row that belongs to another project.
    """
    for riga, valori in esito.da_scrivere.items():
        if isinstance(blocco, Prospetto):
            _scrivi_costo(progetto, blocco, riga, valori)
        else:
            _scrivi_valori(progetto, blocco, riga, valori, utente, miei)
    progetto.save(update_fields=["modificato_il"])


def elimina(progetto: Progetto, blocco: Blocco, righe: set[str]) -> set[str]:
    """Remove rows of a table; returns those kept, because money is still bound to them."""
    tenute = set()
    for riga in righe:
        try:
            with transaction.atomic():
                MODELLI[blocco.fonte].objects.filter(progetto=progetto, pk=riga).delete()
        except ProtectedError:
            tenute.add(riga)
    progetto.save(update_fields=["modificato_il"])
    return tenute


def _scrivi_valori(progetto: Progetto, blocco: Blocco, riga: str, valori: Valori, utente, miei: set[str]) -> None:
    promosse = COLONNE.get(blocco.fonte, ()) if blocco.fonte else COLONNE_PROGETTO
    colonne = {campo: valore for campo, valore in valori.items() if campo in promosse}
    risposte = {campo: valore for campo, valore in valori.items() if campo not in promosse}
    if not blocco.fonte:
        _aggiorna(progetto, colonne)
    elif colonne or blocco.si_aggiunge:
        _aggiorna(_riga_di(progetto, blocco, riga), colonne)
    chi = _proprietario(blocco, riga)
    if risposte or chi:
        _scrivi_risposte(progetto, blocco.chiave, riga, risposte, utente, per_conto=bool(chi) and chi not in miei)


def _proprietario(blocco: Blocco, riga: str) -> str:
    """The soggetto that a written row belongs to; "" where rows have no owner."""
    if blocco.fonte == "partecipazioni":
        return riga
    if not getattr(blocco, "proprietario", ""):
        return ""
    return str(MODELLI[blocco.fonte].objects.values_list(RIMANDI[blocco.proprietario], flat=True).get(pk=riga) or "")


def _riga_di(progetto: Progetto, blocco: Blocco, riga: str):
    modello = MODELLI[blocco.fonte]
    trovata = modello.objects.filter(progetto=progetto, pk=riga).first()
    if trovata:
        return trovata
    ultimo = modello.objects.filter(progetto=progetto).aggregate(m=Max("ordine"))["m"] or 0
    try:
        with transaction.atomic():
            return modello.objects.create(pk=uuid.UUID(riga), progetto=progetto, ordine=ultimo + 1)
    except IntegrityError as errore:
        raise SuspiciousOperation("riga di un altro progetto") from errore


def _aggiorna(oggetto, colonne: Valori) -> None:
    for campo, valore in colonne.items():
        setattr(oggetto, RIMANDI.get(campo, campo), _dal_filo(oggetto, campo, valore))
    if colonne:
        oggetto.save(update_fields=list(colonne))


def _dal_filo(oggetto, campo: str, valore: Valore):
    """A blank text column holds "", any other blank is null."""
    definizione = oggetto._meta.get_field(campo)
    if valore is None:
        return None if definizione.null else ""
    return valore


def _scrivi_risposte(progetto: Progetto, blocco: str, riga: str, risposte: Valori, utente, per_conto: bool) -> None:
    compilazione, _ = Compilazione.objects.get_or_create(progetto=progetto, blocco=blocco, riga=riga or None)
    compilazione.risposte |= risposte
    compilazione.aggiornata_da, compilazione.per_conto = utente, per_conto
    compilazione.save()


def _scrivi_costo(progetto: Progetto, blocco: Prospetto, azione: str, valori: Valori) -> None:
    (importo,) = valori.values()
    cella = {"progetto": progetto, "prospetto": blocco.nome, "azione_id": azione, "voce": "", "partecipazione": None}
    if importo is None:
        VoceCosto.objects.filter(**cella).delete()
    else:
        VoceCosto.objects.update_or_create(**cella, defaults={"importo": Decimal(importo)})

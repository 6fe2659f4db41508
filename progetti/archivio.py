"""The content of a project as one dict, and the way changes go back: the only place that knows which value is a column
and which a JSON answer.
"""

import uuid
from datetime import UTC, datetime
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, transaction
from django.db.models import DecimalField, F, Max, OuterRef, ProtectedError, RestrictedError, TextField
from django.db.models.functions import Cast, JSONObject

from conciliazione.schede.edizione import COSTI, VOCI, Blocco, Colonna, Prospetto
from conciliazione.schede.lettura import TOTALE
from conciliazione.schede.salvataggio import Esito
from conciliazione.schede.tipi import Contenuto, Valore, Valori

from .conferme import confermate
from .models import (
    Avviso,
    Azione,
    Cofinanziamento,
    Compilazione,
    DaRivedere,
    Destinatari,
    Dichiarato,
    Fase,
    Indicatore,
    Partecipazione,
    Personale,
    Progetto,
    Referente,
    VoceCosto,
)

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
    "beni_massimo",
    "beni_base",
    "cofinanziamento_minimo",
    "durata_massima",
    "soggetti_minimi",
    "pubblici_minimi",
    "imprese_minime",
    "capofila_pubblico",
    "iva",
    "tolleranza",
    "anticipo",
    "saldo",
    "regola_saldo",
    "catalogo",
    "voci_costo",
    "griglia",
    "fonti",
    "righe_larghezza_mm",
    "righe_corpo_pt",
    "righe_gravita",
    "conferme_gravita",
)
"""What varies by call, frozen with each version: tomorrow's avviso does not judge yesterday's scheda."""

COLONNE_PROGETTO = ("titolo", "durata_dal", "durata_al", "durata_mesi", "destinatari", "accessi")
COLONNE = {
    "partecipazioni": (
        "ruolo",
        "denominazione",
        "codice_fiscale",
        "partita_iva",
        "tipologia",
        "natura_giuridica",
        "dimensione",
        "ateco",
        "lavoratori",
        "lavoratrici_donne",
        "lavoratori_uomini",
    ),
    "referenti": ("partecipazione", "nominativo", "telefono", "email"),
    "azioni": ("genere", "codice", "titolo", "titolo_breve", "padre", "mesi", "ore", "accessi"),
    "indicatori": ("azione", "descrizione", "minimo"),
    "personale": ("azione", "ruolo", "numero"),
    "destinatari": ("azione", "tipo", "numero"),
    "fasi": ("titolo", "mesi", "azioni"),
    "cofinanziamenti": ("partecipazione", "azione", "settore", "natura", "importo", "atto"),
}
"""Promoted values of the rows of each shared table: what is summed, filtered, joined or linked."""

MODELLI = {
    "partecipazioni": Partecipazione,
    "referenti": Referente,
    "azioni": Azione,
    "indicatori": Indicatore,
    "personale": Personale,
    "destinatari": Destinatari,
    "fasi": Fase,
    "cofinanziamenti": Cofinanziamento,
}
RIMANDI = {"partecipazione": "partecipazione_id", "azione": "azione_id", "padre": "padre_id"}
"""Columns that point to a row of another table, or (padre) of the same."""
MOLTI = ("azioni",)
"""Columns that point to several rows."""
TABELLA_DI = {"partecipazione": "partecipazioni", "azione": "azioni", "padre": "azioni", "azioni": "azioni"}
"""Where the rows are that a column points to."""
COSTO = ("prospetto", "azione", "voce", "partecipazione", "importo")


def al_filo(valore) -> Valore:
    """A column's value as it travels."""
    if valore is None or valore in ("", [], {}):
        return None
    if isinstance(valore, Decimal):
        return f"{valore:.2f}"
    if isinstance(valore, datetime):
        return valore.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(valore, list):
        return [v if isinstance(v, dict) else str(v) for v in valore]
    return valore if isinstance(valore, bool | int | dict) else str(valore)


def contenuto(progetto: Progetto) -> Contenuto:
    """Everything that the scheda says now, in two queries whatever its size."""
    return contenuti([progetto])[progetto.pk]


def contenuti(progetti: list[Progetto]) -> dict[uuid.UUID, Contenuto]:
    """The contents of several schede, by project, in the same two queries."""
    lette = Progetto.objects.filter(pk__in=[p.pk for p in progetti]).values("pk", **{f"r_{n}": q for n, q in righe().items()})
    per_progetto = {letto["pk"]: {n.removeprefix("r_"): r for n, r in letto.items() if n != "pk"} for letto in lette}
    conferme = confermate([s["id"] for righe_ in per_progetto.values() for s in righe_["partecipazioni"]])
    return {p.pk: _contenuto(p, per_progetto[p.pk], conferme) for p in progetti}


def righe() -> dict[str, ArraySubquery]:
    """The rows of every table of a project, each as an object: one column of one query for each table."""
    ordinate = {fonte: _tabella(modello, COLONNE[fonte], ("ordine", "pk")) for fonte, modello in MODELLI.items()}
    return ordinate | {
        "costi": _tabella(VoceCosto, COSTO, ("prospetto", "pk")),
        "compilazioni": _tabella(Compilazione, ("blocco", "riga", "risposte"), ("blocco", "riga")),
        "dichiarati": _tabella(Dichiarato, CELLA_DICHIARATA, ()),
        "da_rivedere": _tabella(DaRivedere, CELLA_DA_RIVEDERE, ()),
    }


CELLA_DICHIARATA = ("blocco", "riga", "campo", "testo", "importo")
CELLA_DA_RIVEDERE = ("blocco", "riga", "campo", "motivo", "provenienza")


def _tabella(modello, colonne: tuple[str, ...], ordine: tuple[str, ...]) -> ArraySubquery:
    valori = {c: _in_sql(modello, c) for c in colonne} | ({"settore": "ente__settore"} if modello is Partecipazione else {})
    sue = modello.objects.filter(progetto=OuterRef("pk")).order_by(*ordine)
    return ArraySubquery(sue.values(oggetto=JSONObject(id="pk", **valori)))


def _in_sql(modello, colonna: str):
    """A column as JSON has it. JSON knows no decimals: an amount goes out as its text, to the cent."""
    if colonna in MOLTI:
        campo = modello._meta.get_field(colonna)
        legami = campo.remote_field.through.objects.filter(**{campo.m2m_field_name(): OuterRef("pk")})
        return ArraySubquery(legami.values(campo.m2m_reverse_field_name()))
    if isinstance(modello._meta.get_field(colonna), DecimalField):
        return Cast(colonna, TextField())
    return F(colonna)


def _contenuto(progetto: Progetto, righe: dict[str, list], conferme: dict) -> Contenuto:
    tabelle = {fonte: [_riga(r) for r in righe[fonte]] for fonte in COLONNE}
    tabelle["azioni"] = in_ordine(tabelle["azioni"])
    _rimandi_in_ordine(tabelle)
    note = {"", None, TOTALE} | {r["id"] for tabella in tabelle.values() for r in tabella}
    soggetti = {s["id"] for s in tabelle["partecipazioni"]}
    return {
        "formato": FORMATO,
        "edizione": progetto.avviso.edizione,
        "avviso": avviso_di(progetto.avviso),
        "alleanza": _alleanza(progetto),
        "progetto": {"id": str(progetto.pk), "origine": progetto.origine}
        | {c: al_filo(getattr(progetto, c)) for c in COLONNE_PROGETTO},
        **tabelle,
        "costi": [_riga(c) for c in righe["costi"]],
        "risposte": _risposte(righe["compilazioni"], note),
        "dichiarati": _celle(righe["dichiarati"], CELLA_DICHIARATA, note),
        "da_rivedere": _celle(righe["da_rivedere"], CELLA_DA_RIVEDERE, note),
        "conferme": {soggetto: c for soggetto, c in conferme.items() if soggetto in soggetti},
    }


def _riga(riga: dict) -> dict:
    return {colonna: al_filo(valore) for colonna, valore in riga.items()}


def in_ordine(azioni: list[dict]) -> list[dict]:
    """The azioni as they are printed: the parts follow the whole, general expenses come last."""
    posti = {a["id"]: posto for posto, a in enumerate(azioni)}

    def posto(azione: dict) -> tuple:
        intera = posti.get(azione["padre"], posti[azione["id"]])
        return azione["genere"] == "spese_generali", intera, azione["padre"] is not None, posti[azione["id"]]

    return sorted(azioni, key=posto)


def _rimandi_in_ordine(tabelle: dict[str, list[dict]]) -> None:
    """Several rows that a column points to are said in the order of their own table."""
    for fonte, righe in tabelle.items():
        for colonna in (c for c in COLONNE[fonte] if c in MOLTI):
            posti = {r["id"]: posto for posto, r in enumerate(tabelle[TABELLA_DI[colonna]])}
            for riga in righe:
                riga[colonna] = sorted(riga[colonna] or [], key=posti.__getitem__) or None


def avviso_di(avviso: Avviso) -> dict:
    """An avviso as it is frozen with a scheda: name, act, and every parameter."""
    parametri = {nome: al_filo(getattr(avviso, nome)) for nome in PARAMETRI}
    ats = avviso.ats.denominazione if avviso.ats else None
    return {"codice": avviso.codice, "titolo": avviso.titolo, "atto": avviso.atto, "ats": ats} | parametri


def _alleanza(progetto: Progetto) -> dict | None:
    if progetto.alleanza is None:
        return None
    return {"nome": progetto.alleanza.nome, "ats": progetto.alleanza.ats.denominazione}


def _risposte(compilazioni: list[dict], righe: set[str]) -> dict:
    """The answers, but those to rows that are no more: they stay in the database, with their history."""
    risposte: dict = {}
    for c in compilazioni:
        piene = {campo: valore for campo, valore in c["risposte"].items() if valore is not None}
        if piene and c["riga"] in righe:
            risposte.setdefault(c["blocco"], {})[c["riga"] or ""] = piene
    return risposte


def _celle(celle: list[dict], colonne: tuple[str, ...], righe: set[str]) -> list[dict]:
    """Single cells of rows that are there, or of cost items, which the call names: only rows of tables have UUIDs.

    Sorted here: how a database sorts «totale» among identifiers depends on its collation.
    """
    tenute = [cella for cella in celle if cella["riga"] in righe or len(cella["riga"]) < CARATTERI_DI_UN_UUID]
    return sorted(({c: cella[c] for c in colonne} for cella in tenute), key=lambda c: (c["blocco"], c["riga"], c["campo"]))


CARATTERI_DI_UN_UUID = 36


def scrivi(progetto: Progetto, blocco: Blocco, esito: Esito, *, utente=None, miei: set[str] = frozenset()) -> None:
    """Write what a merge said may be written. To be called with the project's row locked.

    miei: the soggetti that the person acts for; what is written of another one is marked «per conto di».
    Raises SuspiciousOperation for a row that belongs to another project.
    """
    for riga, valori in esito.da_scrivere.items():
        if isinstance(blocco, Prospetto):
            for campo, importo in valori.items():
                _scrivi_importo(progetto, blocco, blocco.colonna(campo), riga, importo)
        else:
            _scrivi_valori(progetto, blocco, riga, valori, utente, miei)
    progetto.save(update_fields=["modificato_il"])


def elimina(progetto: Progetto, blocco: Blocco, righe: set[str]) -> set[str]:
    """Remove rows of a table; returns those kept, because money or a part of them is still bound to them."""
    tenute = {riga for riga in righe if not _elimina_riga(progetto, blocco, riga)}
    tenute = {riga for riga in tenute if not _elimina_riga(progetto, blocco, riga)}  # its parts may have gone meanwhile
    progetto.save(update_fields=["modificato_il"])
    return tenute


def _elimina_riga(progetto: Progetto, blocco: Blocco, riga: str) -> bool:
    try:
        with transaction.atomic():
            MODELLI[blocco.fonte].objects.filter(progetto=progetto, pk=riga).delete()
    except (ProtectedError, RestrictedError):
        return False
    return True


def _scrivi_valori(progetto: Progetto, blocco: Blocco, riga: str, valori: Valori, utente, miei: set[str]) -> None:
    promosse = COLONNE.get(blocco.fonte, ()) if blocco.fonte else COLONNE_PROGETTO
    colonne = {campo: valore for campo, valore in valori.items() if campo in promosse}
    risposte = {campo: valore for campo, valore in valori.items() if campo not in promosse}
    if not blocco.fonte:
        _aggiorna(progetto, colonne)
    elif colonne or blocco.si_aggiunge:
        _scrivi_riga(progetto, blocco, riga, colonne)
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


def _scrivi_riga(progetto: Progetto, blocco: Blocco, riga: str, colonne: Valori) -> None:
    trovata = MODELLI[blocco.fonte].objects.filter(progetto=progetto, pk=riga).first()
    if trovata:
        _aggiorna(trovata, colonne)
    else:
        trovata = _crea(progetto, blocco, riga, {c: v for c, v in colonne.items() if c not in MOLTI})
    for colonna in colonne.keys() & set(MOLTI):
        ammesse = MODELLI[TABELLA_DI[colonna]].objects.filter(progetto=progetto, pk__in=colonne[colonna] or [])
        getattr(trovata, colonna).set(ammesse)


def _crea(progetto: Progetto, blocco: Blocco, riga: str, colonne: Valori):
    modello = MODELLI[blocco.fonte]
    ultimo = modello.objects.filter(progetto=progetto).aggregate(m=Max("ordine"))["m"] or 0
    nuova = modello(pk=uuid.UUID(riga), progetto=progetto, ordine=ultimo + 1)
    for campo, valore in colonne.items():
        setattr(nuova, RIMANDI.get(campo, campo), _dal_filo(nuova, campo, valore))
    try:
        with transaction.atomic():
            nuova.save(force_insert=True)
    except IntegrityError as errore:
        raise SuspiciousOperation("riga di un altro progetto") from errore
    return nuova


def _aggiorna(oggetto, colonne: Valori) -> None:
    sue = {campo: valore for campo, valore in colonne.items() if campo not in MOLTI}
    for campo, valore in sue.items():
        setattr(oggetto, RIMANDI.get(campo, campo), _dal_filo(oggetto, campo, valore))
    if sue:
        oggetto.save(update_fields=list(sue))


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


def _scrivi_importo(progetto: Progetto, blocco: Prospetto, colonna: Colonna, riga: str, importo: Valore) -> None:
    """A typed cell is a row of money with its coordinates; blank, there is no such row."""
    modello, cella = cella_di(blocco, colonna, riga)
    righe = list(modello.objects.filter(progetto=progetto, **cella))
    tenuta = (righe[:1] or [modello(progetto=progetto, **cella)])[0] if importo is not None else None
    for riga_di_troppo in [r for r in righe if r is not tenuta]:  # a cell that was the sum of several becomes one
        riga_di_troppo.delete()
    if tenuta is not None:
        tenuta.importo = Decimal(importo)
        tenuta.save()


COORDINATE = {"azioni": "azione_id", "partecipazioni": "partecipazione_id", VOCI: "voce"}


def cella_di(blocco: Prospetto, colonna: Colonna, riga: str) -> tuple[type, dict]:
    """Where the amount of a cell is kept: the model, and what its row must be."""
    quale = {COORDINATE[blocco.fonte]: riga} | colonna.cella
    if colonna.scrive == COSTI:
        return VoceCosto, {"prospetto": blocco.nome, "azione_id": None, "voce": "", "partecipazione_id": None} | quale
    return Cofinanziamento, {"azione_id": None, "partecipazione_id": None, "settore": "", "natura": ""} | quale

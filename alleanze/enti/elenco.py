"""The enti of an alleanza as a sheet: out for who sees it, in for who manages it.

An ente is found by its codice fiscale and never doubled; what it says of itself only its own people change: of any other
difference the preview tells, and leaves it.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Prefetch, Q
from django.db.models.functions import Lower
from django.utils import timezone

from conciliazione.fogli.anteprima import Anteprima
from conciliazione.fogli.matrice import Matrice
from conciliazione.fogli.riga import Riga
from conciliazione.fogli.scelte import NUOVA
from conciliazione.fogli.tavola import RigaNota, Tavola, colonna_id, colonne_dei_campi, nomi_di
from conciliazione.italiano.codici import controlla_cap, controlla_codice_fiscale, controlla_partita_iva, controlla_provincia
from conciliazione.italiano.parole import per_nome
from conciliazione.schede import campi
from conciliazione.schede.edizione import Scheda
from conciliazione.schede.tipi import Valori, vuoto

from .. import permessi
from ..models import Adesione, Alleanza, Ente, Sede

ENTRA = "entra nell'alleanza"
DELL_ADESIONE = ("ruolo", "dal", "al")
DELL_ENTE = ("denominazione", "codice_fiscale", "partita_iva", "tipologia", "settore", "ateco", "pec")
DELLA_SEDE = {"legale_indirizzo": "indirizzo", "legale_cap": "cap", "legale_citta": "citta", "legale_prov": "provincia"}
TROPPI = 2_000
"""Names or codes looked for at once."""


class RigaEnte(Scheda):
    denominazione = campi.Riga("Denominazione", mai_vuota=True)
    ruolo = campi.Scelta("Ruolo", scelte=Adesione.Ruolo.choices, a_tendina=True)
    dal = campi.Data("Dal")
    al = campi.Data("Al")
    codice_fiscale = campi.CodiceFiscale("Codice fiscale")
    partita_iva = campi.PartitaIva("Partita IVA")
    tipologia = campi.Riga("Tipologia", max_length=120)
    settore = campi.Scelta("Settore", scelte=Ente.Settore.choices, a_tendina=True)
    ateco = campi.Ateco("Codice ATECO")
    legale_indirizzo = campi.Riga("Indirizzo", gruppo="Sede legale", max_length=200)
    legale_cap = campi.Cap("C.A.P.", gruppo="Sede legale")
    legale_citta = campi.Riga("Città", gruppo="Sede legale", max_length=100)
    legale_prov = campi.Provincia("Provincia", gruppo="Sede legale")
    pec = campi.Posta("PEC")


def tavola_enti(alleanza: Alleanza, utente, matrice: Matrice | None = None) -> Tavola:
    """Return the members; and, of a sheet that came, the enti of the register that it names."""
    adesioni = alleanza.adesioni.select_related("ente").prefetch_related(sedi("ente__sedi"))
    righe = [nota_ente(a.ente, a, utente) for a in adesioni.order_by(per_nome("ente__denominazione"), "pk")]
    presenti = {r.id for r in righe}
    fuori = [e for e in nominati(matrice) if str(e.pk) not in presenti]
    colonne = [*colonne_dei_campi(RigaEnte().fields), colonna_id()]
    altri = [nota_ente(e, None, utente) for e in fuori]
    note = [*righe, *altri]
    return Tavola(f"Enti di {alleanza}", colonne, note, aggiunge=True, chieste=("denominazione", "settore"))


def sedi(dove: str) -> Prefetch:
    return Prefetch(dove, Sede.objects.filter(tipo=Sede.Tipo.LEGALE).order_by("pk"), to_attr="legali")


def nominati(matrice: Matrice | None) -> list[Ente]:
    """Enti of the register that a sheet names, by codice fiscale or by name; an office that shares a code is not it."""
    if matrice is None:
        return []
    celle = {c.strip() for r in matrice.righe for c in r if 2 < len(c.strip()) <= 250}
    dette = sorted(celle)[:TROPPI]
    codici = {letto for c in dette if len(c) < 24 and (letto := controlla_codice_fiscale(c).valore)}
    nomi = Q(nome_minuscolo__in=[c.lower() for c in dette]) | Q(alias__overlap=dette)
    trovati = Ente.objects.filter(genere=Ente.Genere.ORDINARIO).annotate(nome_minuscolo=Lower("denominazione"))
    trovati = trovati.filter(Q(codice_fiscale__in=codici, articolazione_di=None) | nomi)
    return list(trovati.prefetch_related(sedi("sedi")).order_by("pk"))


def nota_ente(ente: Ente, adesione: Adesione | None, utente) -> RigaNota:
    """Return an ente as a row; only its own people, or the administrator, change what it says of itself."""
    valori = valori_ente(ente) | ({c: testo(getattr(adesione, c)) for c in DELL_ADESIONE} if adesione else {})
    miei = permessi.agisce_per(utente, ente.pk, *permessi.PREPARANO) or utente.is_superuser
    fissi = set() if miei else {*DELL_ENTE, *DELLA_SEDE}
    fissi |= {"ruolo"} if adesione and adesione.ruolo == Adesione.Ruolo.CAPOFILA else set()
    nomi, stato = nomi_di(valori, *ente.alias), "" if adesione else ENTRA
    return RigaNota(str(ente.pk), str(ente), valori, nomi=nomi, fissi=frozenset(fissi), stato=stato)


def valori_ente(ente: Ente) -> Valori:
    sede = ente.legali[0] if ente.legali else None
    della_sede = {campo: testo(getattr(sede, attributo)) if sede else None for campo, attributo in DELLA_SEDE.items()}
    return {c: testo(getattr(ente, c)) for c in DELL_ENTE} | della_sede


def testo(valore) -> str | None:
    return None if valore in (None, "") else str(valore)


def prova_enti(alleanza: Alleanza, anteprima: Anteprima) -> None:
    """Tell what the register itself would refuse, at its cell."""
    for riga in da_prendere(anteprima):
        prima = riga.nota.valori if riga.nota else {}
        valori = prima | riga.letti
        if riga.valori:
            controlla_ente(riga, valori)
        if valori.get("ruolo") == Adesione.Ruolo.CAPOFILA and prima.get("ruolo") != valori["ruolo"]:
            riga.segna("ruolo", "Il capofila dell'alleanza lo cambia l'amministratore del portale.")
        if valori.get("dal") and valori.get("al") and valori["al"] < valori["dal"]:
            riga.segna("al", "La fine viene prima dell'inizio: controlla le due date.")
        della_sede = [c for c in DELLA_SEDE if c in riga.valori and valori.get(c)]
        if della_sede and not (valori.get("legale_indirizzo") and valori.get("legale_citta")):
            riga.segna(della_sede[0], "Della sede legale servono almeno indirizzo e città.")
    doppi(anteprima)


def controlla_ente(riga: Riga, valori: Valori) -> None:
    if vuoto(valori.get("denominazione")):
        riga.segna("denominazione", "Manca la denominazione dell'ente.")
    if vuoto(valori.get("settore")):
        riga.segna("settore", "Indica se l'ente è pubblico o privato: si dichiara, non si deduce.")
    prova_modello(riga, Ente(**_canonici(valori, DELL_ENTE)), {c: c for c in DELL_ENTE})
    if any(valori.get(c) for c in DELLA_SEDE):
        sede = Sede(**{DELLA_SEDE[c]: v for c, v in _canonici(valori, DELLA_SEDE).items()}, tipo=Sede.Tipo.LEGALE)
        prova_modello(riga, sede, {a: c for c, a in DELLA_SEDE.items()})


def prova_modello(riga: Riga, oggetto: Model, campi_: dict[str, str]) -> None:
    """Tell what the register itself refuses of what the sheet says: a text too long, a code that is not one."""
    try:
        oggetto.full_clean(exclude={"ente", "persona", "articolazione_di"}, validate_unique=False, validate_constraints=False)
    except ValidationError as errore:
        for attributo, messaggi in errore.message_dict.items():
            if (campo := campi_.get(attributo)) and campo in riga.valori:
                riga.segna(campo, " ".join(messaggi))


def _canonici(valori: Valori, quali: Iterable[str]) -> dict[str, str]:
    """Return the values as the register keeps them: codes in one writing, blanks as empty texts."""
    return {c: _canonico(c, valori.get(c)) for c in quali}


def _canonico(campo: str, valore) -> str:
    if vuoto(valore):
        return ""
    controlli = {"codice_fiscale": controlla_codice_fiscale, "partita_iva": controlla_partita_iva}
    controlli |= {"legale_cap": controlla_cap, "legale_prov": controlla_provincia}
    return (controlli[campo](str(valore)).valore if campo in controlli else None) or str(valore)


def doppi(anteprima: Anteprima) -> None:
    """Tell of two new rows of one codice fiscale, or a name that a member has already with another code."""
    visti: dict[str, int] = {}
    for riga in anteprima.righe:
        codice = controlla_codice_fiscale(str(riga.letti.get("codice_fiscale") or "")).valore
        if riga.decisa == NUOVA and codice:
            if codice in visti:
                riga.segna("codice_fiscale", f"Anche la riga {visti[codice]} ha questo codice fiscale: tienine una sola.")
            visti.setdefault(codice, riga.numero)


@transaction.atomic
def scrivi_enti(alleanza: Alleanza, anteprima: Anteprima) -> int:
    """Write what the preview showed; returns how many rows."""
    prese = da_prendere(anteprima)
    for riga in prese:
        valori = riga.letti
        ente = Ente.objects.select_for_update().filter(pk=riga.id).first()
        if ente is None or riga.nota:  # a new one that is there already was sent twice
            ente = ente or Ente(pk=riga.id)
            scrivi_ente(ente, valori)
        _scrivi_adesione(alleanza, ente, valori)
    return len(prese)


def scrivi_ente(ente: Ente, valori: Valori) -> None:
    salva(ente, _canonici(valori, [c for c in DELL_ENTE if c in valori]))
    della_sede = {DELLA_SEDE[c]: v for c, v in _canonici(valori, [c for c in DELLA_SEDE if c in valori]).items()}
    sede = ente.sedi.filter(tipo=Sede.Tipo.LEGALE).order_by("pk").first() or Sede(ente=ente, tipo=Sede.Tipo.LEGALE)
    if any(della_sede.values()) or (sede.pk and della_sede):
        salva(sede, della_sede)


def salva(oggetto: Model, valori: dict) -> None:
    if valori:
        for campo, valore in valori.items():
            setattr(oggetto, campo, valore)
        oggetto.full_clean()
        oggetto.save()


def _scrivi_adesione(alleanza: Alleanza, ente: Ente, valori: Valori) -> None:
    adesione = alleanza.adesioni.filter(ente=ente).first() or Adesione(alleanza=alleanza, ente=ente)
    dette = {c: valori[c] for c in DELL_ADESIONE if c in valori and (valori[c] or c == "al")}
    if dette or adesione.pk is None:
        salva(adesione, {"dal": adesione.dal or timezone.localdate()} | dette)


def da_prendere(anteprima: Anteprima) -> list[Riga]:
    """Return the rows that say something: changed, new, or of an ente that comes in."""
    return [r for r in anteprima.righe if r in anteprima.prese or (r.nota and r.nota.stato and r.decisa == r.nota.id)]

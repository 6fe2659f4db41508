"""What was read becomes part of the scheda: new soggetti and rows, values in blank cells, each marked «da verificare»."""

from collections import defaultdict

from django.db import transaction

from alleanze.models import Ente
from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.edizione import Edizione
from conciliazione.schede.salvataggio import Esito as DaScrivere

from .. import contenuto, permessi
from ..edizioni import EDIZIONI
from ..models import DaRivedere, Progetto
from ..scheda import rivedere
from ..soggetti import aggiungi
from .confronto import Anteprima, Confronto
from .esito import Soggetto, di_quale, raccogli
from .lettore import leggi

SALTA, AGGIUNGI = "salta", "aggiungi"


def anteprima(progetto: Progetto, testo: str) -> Anteprima:
    """Return what the text would write in the scheda as it is now; nothing is written."""
    edizione, dati = EDIZIONI[progetto.edizione], contenuto.contenuto(progetto)
    esito = leggi(edizione, dati, testo)
    soggetti = raccogli(esito)
    di_quale(soggetti, progetto.partecipazioni.select_related("ente"))
    for soggetto in soggetti:
        if soggetto.nuovo:
            _come_se(edizione, dati, soggetto)
    return Confronto(edizione, dati, esito).anteprima(soggetti)


def _come_se(edizione: Edizione, dati: Contenuto, soggetto: Soggetto) -> None:
    """Put a soggetto in the content as it would come in: with what its ente's register says."""
    noti = aggiungi.anagrafica(soggetto.ente) if soggetto.ente else {"denominazione": soggetto.nome}
    soggetto.riga = f"nuovo-{soggetto.numero}"
    colonne = {c: noti.get(c) for c in contenuto.COLONNE["partecipazioni"]}
    settore = soggetto.ente.settore if soggetto.ente else None
    riga = colonne | {"id": soggetto.riga, "ruolo": "partner", "settore": settore}
    dati["partecipazioni"].append(riga)
    for blocco in edizione.blocchi:
        if blocco.fonte == "partecipazioni" and blocco.a_parte and blocco.filtro(riga):
            risposte = {c: noti[c] for c in blocco.campi() if c in noti and c not in colonne}
            dati["risposte"].setdefault(blocco.chiave, {})[soggetto.riga] = risposte


@transaction.atomic
def scrivi(progetto: Progetto, testo: str, nome: str, scelte: dict[int, str], utente) -> Anteprima:
    """Write what can be written. The project's row is locked by the caller.

    scelte: for each new soggetto, by number: «aggiungi», «pubblico» or «privato» (of one new to the portal), «salta».
    """
    edizione = EDIZIONI[progetto.edizione]
    esito = leggi(edizione, contenuto.contenuto(progetto), testo)
    soggetti = raccogli(esito)
    di_quale(soggetti, progetto.partecipazioni.select_related("ente"))
    for soggetto in soggetti:
        if soggetto.nuovo:
            _fai_entrare(progetto, soggetto, scelte.get(soggetto.numero, SALTA), utente)
    confronto = Confronto(edizione, contenuto.contenuto(progetto), esito)
    letta = confronto.anteprima(soggetti)
    _scrivi(progetto, edizione, letta, nome, utente)
    return letta


def _fai_entrare(progetto: Progetto, soggetto: Soggetto, scelta: str, utente) -> None:
    if scelta == SALTA or (soggetto.ente is None and scelta not in Ente.Settore.values):
        return
    ente = soggetto.ente or Ente.objects.create(
        denominazione=soggetto.nome[:250],
        codice_fiscale=soggetto.codice_fiscale,
        partita_iva=soggetto.partita_iva,
        settore=scelta,
        articolazione_di=Ente.objects.filter(codice_fiscale=soggetto.codice_fiscale, articolazione_di=None).first()
        if soggetto.codice_fiscale
        else None,
    )
    soggetto.riga = str(aggiungi.aggiungi_soggetto(progetto, ente, utente=utente).pk)


def _scrivi(progetto: Progetto, edizione: Edizione, letta: Anteprima, nome: str, utente) -> None:
    per_blocco: dict[str, dict[str, dict]] = defaultdict(lambda: defaultdict(dict))
    for proposta in letta.da_scrivere:
        per_blocco[proposta.blocco][proposta.riga][proposta.campo] = proposta.valore
    miei = permessi.mie_partecipazioni(utente, progetto)
    # Tables first: their rows are what the others write in.
    for blocco in sorted(edizione.blocchi, key=lambda b: (not b.si_aggiunge, b.fonte == "cofinanziamenti")):
        if righe := per_blocco.get(blocco.chiave):
            contenuto.scrivi(progetto, blocco, DaScrivere(da_scrivere=righe), utente=utente, miei=miei)
    celle = [(p.blocco, p.riga, p.campo, f"{nome}, {p.dove}") for p in letta.da_scrivere]
    rivedere.segna(progetto, DaRivedere.Motivo.LETTO, celle)

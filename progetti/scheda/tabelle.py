"""The tables of a scheda as sheets: what goes out, and what of a sheet that comes in would be written.

What is written goes through the very form of the block, with the fingerprints of what the preview showed: who may write
what, what is refused and what is a conflict are said there, once.
"""

from django.http import QueryDict

from conciliazione.fogli.anteprima import Anteprima
from conciliazione.fogli.celle import Capito, Nomi
from conciliazione.fogli.matrice import Colonna, Uso
from conciliazione.fogli.riga import Riga
from conciliazione.fogli.scelte import NUOVA
from conciliazione.fogli.tavola import RigaNota, Tavola, colonna_id, colonne_dei_campi, nomi_di
from conciliazione.schede import campi
from conciliazione.schede.contenuto import Contenuto
from conciliazione.schede.edizione import NOMI_DI_RIGA, Blocco
from conciliazione.schede.edizione import Colonna as DiDenaro
from conciliazione.schede.modulo import IMPRONTA, Modulo
from conciliazione.schede.salvataggio import impronta
from conciliazione.schede.tipi import vuoto

from .. import permessi
from ..models import Partecipazione
from .blocchi import modulo_di
from .pagina import Pagina

NOME_RIGA = "_riga"


def e_una_tabella(blocco: Blocco) -> bool:
    """Whether a block has rows that may be written: no edition says it, its shape does."""
    return not blocco.altrove and bool(blocco.fonte and blocco.campi())


def tavola(pagina: Pagina, blocco: Blocco) -> Tavola:
    """Return a block as a sheet, for who reads it: others' personal data stay blank."""
    righe = blocco.righe(pagina.contenuto)
    modulo = modulo_di(pagina, blocco, righe, None, nuove=0)
    nomi = _nomi(pagina)
    return Tavola(
        titolo=blocco.chiamato,
        colonne=_colonne(blocco, pagina.contenuto),
        righe=[_nota(pagina, blocco, r, modulo, nomi) for r in righe],
        aggiunge=bool(modulo and modulo.aggiunge),
        senza_aggiunta=_senza_aggiunta(blocco),
        nomi=nomi,
    )


def _senza_aggiunta(blocco: Blocco) -> str:
    if blocco.fonte == "partecipazioni":
        return "Nessun soggetto della scheda si chiama così: scegli quale, oppure prima aggiungilo ai soggetti del progetto."
    if blocco.fonte == "azioni" and not blocco.si_aggiunge:
        return "Nessuna azione della scheda si chiama così: scegli quale, oppure prima scrivila tra le azioni."
    return "Nella scheda non c'è una riga con questo nome: scegli quale."


def _colonne(blocco: Blocco, contenuto: Contenuto) -> list[Colonna]:
    dei_campi = colonne_dei_campi(blocco.form(contenuto, {"id": ""}).fields)
    nome = [] if blocco.si_aggiunge else [_colonna_nome(blocco, {c.etichetta for c in dei_campi})]
    return [*nome, *dei_campi, *(_calcolata(c) for c in _calcolate(blocco)), colonna_id()]


def _colonna_nome(blocco: Blocco, prese: set[str]) -> Colonna:
    """What names the row, where rows are not added here."""
    nome = NOMI_DI_RIGA.get(blocco.fonte, "Riga")
    etichetta = f"{nome} (come nella scheda)" if nome in prese else nome
    stampata = blocco.intestazione
    return Colonna(NOME_RIGA, etichetta, uso=Uso.NOME, altri_nomi=tuple(filter(None, (stampata, nome, "Titolo"))))


def _calcolate(blocco: Blocco) -> list[DiDenaro]:
    colonne = blocco.colonne or blocco.calcolate
    return [c for c in colonne if not c.scrivibile]


def _calcolata(colonna: DiDenaro) -> Colonna:
    campo = campi.Importo(colonna.etichetta) if colonna.genere == "importo" else campi.Riga(colonna.etichetta)
    return Colonna(f"calcolata:{colonna.chiave}", colonna.etichetta, campo, Uso.CALCOLATA)


def _nota(pagina: Pagina, blocco: Blocco, riga: dict, modulo: Modulo | None, nomi: Nomi) -> RigaNota:
    titolo = blocco.titolo_riga(riga)
    return RigaNota(
        riga["id"],
        titolo or _detta_a_parole(blocco, riga, pagina.contenuto),
        _visibili(pagina, blocco, riga),
        scrivibile=modulo is not None and riga["id"] in modulo.righe,
        nomi=nomi_di(riga, titolo, _codice(riga)) | nomi.get(riga["id"], frozenset()),
        calcolati={f"calcolata:{c.chiave}": _al_filo(c.calcola(pagina.contenuto, riga["id"])) for c in _calcolate(blocco)},
    )


def _codice(riga: dict) -> str:
    """The id of a cost item is the letter that the form prints."""
    return riga["id"] if len(riga["id"]) < 30 else ""


def _al_filo(valore):
    return None if valore is None else valore if isinstance(valore, str) else f"{valore:.2f}"


def _detta_a_parole(blocco: Blocco, riga: dict, contenuto: Contenuto) -> str:
    """A row without a title of its own, by what it says."""
    campi_ = blocco.form(contenuto, {"id": ""}).fields
    detti = [c.testo(riga.get(k)) for k, c in campi_.items() if c.genere in ("rimando", "riga", "testo") and not c.personale]
    return " · ".join(d for d in detti if d)[:120]


def _visibili(pagina: Pagina, blocco: Blocco, riga: dict) -> dict:
    nasconde = permessi.nasconde(pagina.utente, pagina.progetto)
    di_chi = riga.get(blocco.padre or blocco.proprietario) or riga["id"]
    valori, definiti = blocco.valori(pagina.contenuto, riga), blocco.campi()
    return {k: None if nasconde(di_chi, definiti[k].personale) else v for k, v in valori.items()}


def _nomi(pagina: Pagina) -> Nomi:
    """What people call soggetti and azioni beside the title: codes, and the other names of an ente."""
    righe = [r for fonte in ("partecipazioni", "azioni", "fasi") for r in pagina.contenuto.get(fonte, ())]
    soggetti = Partecipazione.objects.filter(progetto=pagina.progetto)
    enti = {str(pk): (nome, *alias) for pk, nome, alias in soggetti.values_list("pk", "ente__denominazione", "ente__alias")}
    return {r["id"]: nomi_di(r, *enti.get(r["id"], ())) for r in righe}


# Taking in.


def prova(pagina: Pagina, blocco: Blocco, anteprima: Anteprima, *, viste: bool) -> Modulo | None:
    """Return the form of the block as if the person had typed in it what was understood; what it refuses goes to its cell.

    viste: with the fingerprints of what the preview showed (the confirmation), or else of what is there now.
    """
    vuoto_ = modulo_di(pagina, blocco, blocco.righe(pagina.contenuto), None, nuove=0)
    if vuoto_ is None:
        return None
    for riga in anteprima.prese:
        _di_altri(vuoto_, riga, anteprima)
    dati = _dati(vuoto_, anteprima, viste)
    prese = {r.id for r in anteprima.prese}
    modulo = modulo_di(pagina, blocco, [r for r in blocco.righe(pagina.contenuto) if r["id"] in prese], None, dati=dati)
    if modulo is None or not prese:
        return None
    modulo.valido()
    for riga in anteprima.prese:
        _riporta(modulo, riga)
    return modulo


def _di_altri(modulo: Modulo, riga: Riga, anteprima: Anteprima) -> None:
    """A partner's rows are its own; what the person does not choose is not sent, nor silently put aside when it differs."""
    for campo, valore in modulo.fissi.items():
        capito = riga.valori.pop(campo, None)
        if capito is not None and impronta(capito.valore) != impronta(valore):
            perche = "Puoi scrivere solo le righe del tuo soggetto." if valore else "Qui non si indica: segue il tuo soggetto."
            riga.segna(campo, perche)


def _dati(modulo: Modulo, anteprima: Anteprima, viste: bool) -> QueryDict:
    """What a browser would send."""
    dati = QueryDict(mutable=True)
    for riga in anteprima.prese:
        if riga.decisa == NUOVA:
            dati.appendlist(modulo.nome_righe, riga.id)
        impronte = anteprima.scelte.impronte(riga.numero) if viste else None
        for campo, capito in riga.valori.items():
            _metti(dati, modulo, riga, campo, capito, impronte)
    dati._mutable = False
    return dati


def _metti(dati: QueryDict, modulo: Modulo, riga: Riga, campo: str, capito: Capito, impronte: dict | None) -> None:
    nome = modulo.nome(riga.id, campo)
    if riga.nota:
        mostrata = impronta(riga.nota.valori.get(campo)) if impronte is None else impronte.get(campo)
        if mostrata is None:
            return  # the preview showed it as unchanged: somebody changed it meanwhile, and it is theirs
        dati[nome + IMPRONTA] = mostrata
    dati.setlist(nome, capito.mandati)


def _riporta(modulo: Modulo, riga: Riga) -> None:
    foglio = modulo.fogli.get(riga.id)
    if foglio is None:
        riga.errore = riga.errore or "Questa riga non è tua: qui si legge soltanto."
        return
    if any(c.errore for c in riga.celle):
        return  # what the row says as a whole is judged once its cells can be read
    for campo, messaggi in foglio.form.errors.items():
        riga.segna(campo, " ".join(messaggi))
    for campo in riga.valori:
        if campo not in foglio.form.fields:
            riga.segna(campo, "Qui non si scrive: si scrive nelle parti di questa azione.")
    padre = modulo.blocco.padre
    if padre and riga.decisa == NUOVA and vuoto(foglio.form.cleaned_data.get(padre)) and padre not in foglio.form.errors:
        riga.segna(padre, "Indica di quale riga fa parte.")

"""A file that was examined becomes rows; the enti, the avviso and the alleanza that it names are found or created."""

import uuid

from alleanze.models import Adesione, Alleanza, Ente
from conciliazione.italiano import codici

from ..contenuto import COLONNE, COLONNE_PROGETTO, MODELLI, MOLTI, PARAMETRI, RIMANDI
from ..contenuto.colonne import DEL_MODULO
from ..models import Avviso, Compilazione, DaRivedere, Dichiarato, Partecipazione, Progetto, VoceCosto
from .documento import Errore, FileRifiutato

CON_ID = MODELLI | {"costi": VoceCosto}
"""The tables whose rows have UUIDs that travel."""
TABELLE = tuple(fonte for fonte in COLONNE if fonte != "partecipazioni")
"""In an order in which a row comes after those that it points to."""


def scrivi(dati: dict, progetto: Progetto | None, utente) -> Progetto:
    """Write the scheda of the file; raises FileRifiutato when what the portal has does not agree."""
    enti = _enti(dati["partecipazioni"], progetto)
    capofila = enti[next(p["id"] for p in dati["partecipazioni"] if p["ruolo"] == "capofila")]
    nuovo = progetto or Progetto(pk=uuid.UUID(dati["progetto"]["id"]), edizione=dati["edizione"], creato_da=utente)
    if nuovo.edizione != dati["edizione"]:
        raise FileRifiutato([("$.edizione", f"«{nuovo}» è aperta con il modulo {nuovo.edizione}, che non si cambia")])
    nuovo.avviso = _avviso(dati)
    nuovo.alleanza = _alleanza(dati["alleanza"], capofila)
    nuovo.capofila = capofila
    nuovo.origine = dati["progetto"]["origine"]
    for colonna, valore in _colonne(Progetto, {c: dati["progetto"][c] for c in COLONNE_PROGETTO}).items():
        setattr(nuovo, colonna, valore)
    nuovo.save()
    _righe(nuovo, dati, enti)
    return nuovo


def righe_di_altri(dati: dict) -> list[Errore]:
    """Return the rows that are of another project: a row has one for ever, and its UUID comes in with no other.

    `dati` as they came, for the paths.
    """
    errori = []
    for fonte, modello in CON_ID.items():
        posti = {riga["id"]: posto for posto, riga in enumerate(dati[fonte])}
        di_altri = modello.objects.filter(pk__in=posti).exclude(progetto=dati["progetto"]["id"]).values_list("pk", flat=True)
        motivo = "questo id è già di una riga di un altro progetto del portale: dalle un UUID nuovo"
        errori += [(f"$.{fonte}[{posti[str(pk)]}].id", motivo) for pk in di_altri]
    return sorted(errori)


def _righe(progetto: Progetto, dati: dict, enti: dict) -> None:
    """All rows anew, under the names that they had: what the file does not have is not in the scheda."""
    for modello in (VoceCosto, *(MODELLI[fonte] for fonte in reversed(TABELLE)), Dichiarato, DaRivedere, Compilazione):
        modello.objects.filter(progetto=progetto).delete()
    progetto.partecipazioni.exclude(pk__in=enti).delete()
    progetto.partecipazioni.filter(ruolo="capofila").update(ruolo="partner")  # there is one at any time, also in between
    for ordine, p in enumerate(dati["partecipazioni"], 1):
        colonne = _colonne(Partecipazione, p) | {"progetto": progetto, "ente": enti[p["id"]], "ordine": ordine}
        Partecipazione.objects.update_or_create(pk=p["id"], defaults=colonne)
    for fonte in TABELLE:
        _tabella(progetto, fonte, dati[fonte])
    for c in dati["costi"]:
        VoceCosto.objects.create(pk=c["id"], progetto=progetto, **_colonne(VoceCosto, c))
    for blocco, righe in dati["risposte"].items():
        for riga, risposte in righe.items():
            Compilazione.objects.create(progetto=progetto, blocco=blocco, riga=riga or None, risposte=risposte)
    Dichiarato.objects.bulk_create(Dichiarato(progetto=progetto, **cella) for cella in dati["dichiarati"])


def _tabella(progetto: Progetto, fonte: str, righe: list[dict]) -> None:
    for ordine, riga in enumerate(righe, 1):
        semplici = {c: v for c, v in riga.items() if c not in MOLTI}
        nuova = MODELLI[fonte].objects.create(
            pk=riga["id"], progetto=progetto, ordine=ordine, **_colonne(MODELLI[fonte], semplici)
        )
        for colonna in riga.keys() & set(MOLTI):
            getattr(nuova, colonna).set(riga[colonna] or [])


def _colonne(modello, riga: dict) -> dict:
    """Values as columns: a blank text is "", any other blank is null."""
    colonne = {}
    for nome, valore in riga.items():
        if nome == "id" or (nome == "settore" and modello is Partecipazione):
            continue
        campo = modello._meta.get_field(nome)
        colonne[RIMANDI.get(nome, nome)] = campo.get_default() if valore is None and not campo.null else valore
    return colonne


def _enti(soggetti: list[dict], progetto: Progetto | None) -> dict[str, Ente]:
    """The ente of each soggetto: the one it already has here, or else found, or else new; each of them once."""
    noti = {} if progetto is None else {str(p.pk): p.ente for p in progetto.partecipazioni.select_related("ente")}
    enti = {s["id"]: noti[s["id"]] for s in soggetti if s["id"] in noti}
    for posto, soggetto in enumerate(soggetti):
        presi = {ente.pk for ente in enti.values()}
        ente = enti.get(soggetto["id"]) or _trova(soggetto, posto, presi)
        if ente and ente.settore != soggetto["settore"]:
            detto = f"nel portale «{ente}» è {ente.settore}, il file dice {soggetto['settore']}"
            raise FileRifiutato([(f"$.partecipazioni[{posto}].settore", detto)])
        enti[soggetto["id"]] = ente or _crea(soggetto)
    return enti


def _trova(soggetto: dict, posto: int, presi: set) -> Ente | None:
    """By codice fiscale when there is one that is right, by name or alias when there is none."""
    codice = _valido(codici.controlla_codice_fiscale, soggetto["codice_fiscale"])
    trovati = _per_codice(codice, soggetto, presi) if codice else list(Ente.objects.chiamati(soggetto["denominazione"])[:2])
    percorso = f"$.partecipazioni[{posto}]"
    if len(trovati) > 1:
        motivo = "nel portale più enti si chiamano così: indica il codice fiscale"
        raise FileRifiutato([(f"{percorso}.denominazione", motivo)])
    if trovati and trovati[0].pk in presi:
        motivo = f"«{trovati[0]}» è già fra i soggetti di questa scheda"
        raise FileRifiutato([(f"{percorso}.{'codice_fiscale' if codice else 'denominazione'}", motivo)])
    return trovati[0] if trovati else None


def _per_codice(codice: str, soggetto: dict, presi: set) -> list[Ente]:
    """An office has the codice fiscale of the body it belongs to: between them the name decides. Where the body is
    already in the scheda, another name with its code is another office of it, and no ente that is found.
    """
    stessi = Ente.objects.filter(codice_fiscale__iexact=codice)
    cosi_chiamato = stessi.filter(pk__in=Ente.objects.chiamati(soggetto["denominazione"])).first()
    principale = stessi.filter(articolazione_di=None).first()
    if cosi_chiamato or principale is None:
        return [cosi_chiamato] if cosi_chiamato else []
    return [] if principale.pk in presi else [principale]


def _valido(controlla, testo: str | None) -> str:
    """A codice that does not read identifies nobody: the scheda keeps it as written, the register does not."""
    return controlla(testo or "").valore or ""


def _crea(soggetto: dict) -> Ente:
    codice = _valido(codici.controlla_codice_fiscale, soggetto["codice_fiscale"])
    principale = Ente.objects.filter(codice_fiscale__iexact=codice, articolazione_di=None).first() if codice else None
    return Ente.objects.create(
        denominazione=soggetto["denominazione"],
        codice_fiscale=codice,
        partita_iva=_valido(codici.controlla_partita_iva, soggetto["partita_iva"]),
        tipologia=soggetto["tipologia"] or "",
        settore=soggetto["settore"],
        articolazione_di=principale,
    )


def _avviso(dati: dict) -> Avviso:
    detto = dati["avviso"]
    avviso = Avviso.objects.filter(codice=detto["codice"]).first()
    if avviso is None:
        valori = _colonne(Avviso, {c: detto[c] for c in PARAMETRI if c not in DEL_MODULO})
        ats = _ats(detto["ats"]) if detto["ats"] else None
        del_modulo = {c: detto[c] for c in DEL_MODULO}
        nome = {c: detto[c] for c in ("codice", "titolo", "atto")}
        return Avviso.objects.crea(dati["edizione"], **nome, ats=ats, **valori, **del_modulo)
    if dati["edizione"] not in avviso.edizioni:
        raise FileRifiutato([("$.edizione", f"l'avviso «{avviso.codice}» usa l'edizione {', '.join(avviso.edizioni)}")])
    return avviso


def _ats(nome: str) -> Ente:
    trovata = Ente.objects.chiamati(nome).filter(genere=Ente.Genere.ATS).first()
    return trovata or Ente.objects.create(denominazione=nome, genere=Ente.Genere.ATS, settore=Ente.Settore.PUBBLICO)


def _alleanza(detta: dict | None, capofila: Ente) -> Alleanza | None:
    if detta is None:
        return None
    alleanza = Alleanza.objects.filter(nome=detta["nome"]).first()
    if alleanza is None:
        alleanza = Alleanza.objects.create(nome=detta["nome"], ats=_ats(detta["ats"]), capofila=capofila)
        Adesione.objects.create(alleanza=alleanza, ente=capofila, ruolo=Adesione.Ruolo.CAPOFILA)
    return alleanza

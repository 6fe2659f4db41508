"""The rules on who takes part and when."""

from collections import defaultdict
from datetime import date

from conciliazione.italiano import codice_fiscale, codici
from conciliazione.italiano.date import scrivi_mese
from conciliazione.schede.campi import Ateco, CodiceFiscale
from conciliazione.schede.contenuto import Contenuto, QualsiasiRiga, RigaSoggetto
from conciliazione.schede.edizione import Blocco, Edizione
from conciliazione.schede.tipi import Gravita, Luogo, Segnalazione, vuoto

from ..contenuto import conferme


def chiamato(soggetto: RigaSoggetto) -> str:
    """A soggetto in a sentence."""
    return soggetto["denominazione"] or "(senza nome)"


def durata_oltre_il_termine(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """The project ends after the day by which the avviso wants the actions closed."""
    termine, fine = contenuto["avviso"]["attivita_entro"], contenuto["progetto"]["durata_al"]
    if not termine or not fine or fine <= termine[:7]:
        return []
    giorno = ".".join(reversed(termine.split("-")))
    messaggio = f"Il progetto finisce a {scrivi_mese(fine)}, le azioni devono terminare entro il {giorno}."
    blocco = next(b for b in edizione.blocchi if "durata_al" in b.campi())
    return [Segnalazione("end_after_deadline", Gravita.ERRORE, messaggio, (Luogo(blocco.chiave, "", "durata_al", "Durata"),))]


def piano_temporale_vuoto(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """There are actions, and not one month of the timetable says anything."""
    blocco = next(b for b in edizione.blocchi if b.mesi)
    attuali = blocco.attuali(contenuto)
    if not attuali or any(not vuoto(cella) for celle in attuali.values() for cella in celle.values()):
        return []
    luogo = Luogo(blocco.chiave, "", "", blocco.chiamato)
    messaggio = f"{blocco.chiamato}: non è segnato nessun mese."
    return [Segnalazione("timetable_not_filled", Gravita.AVVISO, messaggio, (luogo,))]


def _campo_soggetto(edizione: Edizione, riga: QualsiasiRiga, campo: str) -> str:
    """The block where a field of a soggetto is written: it changes with its role."""
    for blocco in edizione.blocchi:
        if blocco.fonte == "partecipazioni" and campo in blocco.campi() and blocco.filtro(riga):
            return blocco.chiave
    return next((b.chiave for b in edizione.blocchi if b.fonte == "partecipazioni"), "")


def soggetti_ripetuti(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Two soggetti with the same codice fiscale."""
    per_codice: dict[str, list[RigaSoggetto]] = defaultdict(list)
    for soggetto in contenuto["partecipazioni"]:
        scritto = soggetto["codice_fiscale"] or ""
        letto = codici.controlla_codice_fiscale(scritto).valore or " ".join(scritto.split()).upper()
        if letto:
            per_codice[letto].append(soggetto)
    return [_ripetuti(edizione, codice, gruppo) for codice, gruppo in per_codice.items() if len(gruppo) > 1]


def _ripetuti(edizione: Edizione, codice: str, gruppo: list[RigaSoggetto]) -> Segnalazione:
    nomi = " e ".join(chiamato(s) for s in gruppo)
    luoghi = tuple(
        Luogo(_campo_soggetto(edizione, s, "codice_fiscale"), s["id"], "codice_fiscale", chiamato(s)) for s in gruppo
    )
    return Segnalazione("repeated_subject", Gravita.AVVISO, f"{nomi} hanno lo stesso codice fiscale, {codice}.", luoghi)


def nomi_diversi(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """A soggetto written in one way in a list of the paper and in another in its own part: one segnalazione for all."""
    detti = {
        d["riga"]: d
        for d in contenuto["dichiarati"]
        if edizione.blocco(d["blocco"]).fonte == "partecipazioni" and d["campo"] == "denominazione"
    }
    diversi = [
        (s, detti[s["id"]])
        for s in contenuto["partecipazioni"]
        if s["id"] in detti and _nome(detti[s["id"]]["testo"]) not in ("", _nome(s["denominazione"] or ""))
    ]
    if not diversi:
        return []
    coppie = "; ".join(f"«{d['testo']}» e «{chiamato(s)}»" for s, d in diversi)
    luoghi = tuple(Luogo(d["blocco"], s["id"], "denominazione", chiamato(s)) for s, d in diversi)
    messaggio = f"Soggetti scritti in due modi: {coppie}."
    return [Segnalazione("name_variants", Gravita.INFORMAZIONE, messaggio, luoghi, titolo="Nome scritto in due modi")]


def _nome(testo: str) -> str:
    return " ".join(testo.split()).casefold()


def ateco_scritto_diversamente(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """ATECO codes not written as 88.10.00: what is read from each is told once, the text stays as written."""
    luoghi, letti = [], []
    for soggetto in contenuto["partecipazioni"]:
        scritto = soggetto["ateco"]
        lettura = codici.controlla_ateco(scritto) if scritto else None
        if lettura is None or lettura.errore:
            continue
        if codici.ateco_scrittura(scritto or "") != "canonica":
            luoghi.append(Luogo(_blocco_ateco(edizione), soggetto["id"], "ateco", chiamato(soggetto)))
            letti.append(f"«{scritto}» è {lettura.valore}")
    if not luoghi:
        return []
    quali = "Un codice ATECO non è scritto" if len(letti) == 1 else "Alcuni codici ATECO non sono scritti"
    messaggio = f"{quali} nella forma solita, 88.10.00. Si capisce lo stesso, non serve correggere: {'; '.join(letti)}."
    titolo = "Codice ATECO scritto in una forma insolita, ma si capisce lo stesso"
    return [Segnalazione("ateco_format", Gravita.INFORMAZIONE, messaggio, tuple(luoghi), titolo=titolo)]


def _blocco_ateco(edizione: Edizione) -> str:
    return next(b.chiave for b in edizione.blocchi if any(isinstance(c, Ateco) for c in b.campi().values()))


def codici_fiscali_incoerenti(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """A person's codice fiscale that does not agree with the name, birth date or birthplace written beside it."""
    trovate = []
    for blocco in edizione.blocchi:
        persone = [nome for nome, campo in blocco.campi().items() if isinstance(campo, CodiceFiscale) and campo.personale]
        for nome in persone:
            for riga in blocco.righe(contenuto):
                trovate += _incoerenze(blocco, riga, nome, contenuto)
    return trovate


DI_UN_ENTE = (
    "il codice fiscale è di 11 cifre, come quello di un ente: quello di una persona ha 16 caratteri, se non è provvisorio."
)


def _incoerenze(blocco: Blocco, riga: QualsiasiRiga, nome: str, contenuto: Contenuto) -> list[Segnalazione]:
    prefisso = nome.removesuffix("codice_fiscale")
    valori = blocco.valori(contenuto, riga)
    codice = str(valori[nome] or "")
    if vuoto(codice) or codici.controlla_codice_fiscale(codice).errore:
        return []
    nato_il = valori.get(f"{prefisso}nato_il")  # as it travels, 1961-03-14; years that the form refuses are read too
    avvisi = codice_fiscale.coerenza_codice_fiscale(
        codice,
        nominativo=str(valori.get(f"{prefisso}nominativo") or ""),
        nato_il=date.fromisoformat(str(nato_il)) if nato_il else None,
        luogo=str(valori.get(f"{prefisso}nato_a") or ""),
        provincia=str(valori.get(f"{prefisso}nato_prov") or ""),
    )
    luogo = Luogo(blocco.chiave, riga["id"], nome, blocco.titolo_riga(riga))
    if codice.strip().isdecimal():
        avvisi = (DI_UN_ENTE,)
    if not avvisi:
        return []
    detti = " ".join([avvisi[0], *(a[0].upper() + a[1:] for a in avvisi[1:])])
    return [Segnalazione("tax_code_mismatch", Gravita.AVVISO, f"{luogo.nota}: {detti}", (luogo,))]


def conferme_mancanti(edizione: Edizione, contenuto: Contenuto) -> list[Segnalazione]:
    """Partners that have not confirmed their figures, or whose figures changed after. A paper scheda asks none."""
    if contenuto["progetto"]["origine"] == "carta" or contenuto["avviso"]["conferme_gravita"] is None:
        return []
    partner = [p for p in contenuto["partecipazioni"] if p["ruolo"] == "partner"]  # who adheres or supports has no figures
    mancano = [(p, conferme.stato(contenuto, p["id"])) for p in partner]
    mancano = [(p, stato) for p, stato in mancano if stato != "confermata"]
    if not mancano:
        return []
    blocco = next(b.chiave for b in edizione.blocchi if b.scrive == "partner")
    detti = "; ".join(f"{chiamato(p)} ({stato})" for p, stato in mancano)
    luoghi = tuple(Luogo(blocco, p["id"], "", chiamato(p)) for p, _ in mancano)
    gravita = Gravita(contenuto["avviso"]["conferme_gravita"])
    messaggio = f"Dati e cifre non confermati da: {detti}."
    return [Segnalazione("partner_not_confirmed", gravita, messaggio, luoghi, titolo="Dati e cifre da confermare")]

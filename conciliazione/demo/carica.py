"""The demo: the real projects of Crema (in three lives), of Castellanza and of Milano, and one login for each part.

Organisations and amounts are those of the real scheda; people are invented, and so are the texts.
"""

import copy
import json
import uuid
from pathlib import Path

from django.db import transaction

from alleanze.models import Adesione, Alleanza, Appartenenza, Carica, Ente, Persona, Sede
from progetti import interscambio
from progetti.contenuto import avviso_di, conferme, contenuto
from progetti.models import Avviso, Conferma, Progetto
from progetti.presentazione import transizioni

from ..models import Utente
from ..schede.contenuto import Contenuto
from . import adesioni, avvisi, castellanza, enti, pubblico, sportello, tempo_per_tutti, wis

CARTELLA = Path(__file__).parent
CREMA = json.loads((CARTELLA / "crema.json").read_text(encoding="utf-8"))
ACCESSI = json.loads((CARTELLA / "accessi.json").read_text(encoding="utf-8"))
SPAZIO = uuid.UUID("0d0c0b0a-1081-4014-8014-201420150000")
ALTRA_ALLEANZA = "Alleanza locale di conciliazione di Castellanza"


def caricata() -> bool:
    return Utente.objects.filter(email=ACCESSI[0]["email"]).exists()


@transaction.atomic
def carica() -> bool:
    """Load the demo unless it is there; what people changed in it stays. Returns whether it was loaded."""
    if caricata():
        return False
    acquisito, _ = interscambio.importa(copy.deepcopy(CREMA))
    transizioni.acquisisci_da_carta(acquisito.pk)
    _anagrafica()
    _altra_alleanza()
    wis.carica()
    _accessi()
    avviso = avvisi.riaperto(CREMA["avviso"]["codice"], "dgr1081-2014-dimostrativo")
    _presentato(avviso)
    _in_compilazione(avviso)
    castellanza.carica()
    pubblico.carica_sintesi()
    alleanza = Alleanza.objects.get(nome=CREMA["alleanza"]["nome"])
    adesioni.carica(alleanza)
    enti.carica()
    sportello.carica()
    pubblico.carica()
    enti.carica_mani_di_fuori()
    tempo_per_tutti.carica(alleanza, avviso)
    return True


def _anagrafica() -> None:
    """The register data of the enti of Crema, from what their scheda says; and the members of the alliance."""
    alleanza = Alleanza.objects.get(nome=CREMA["alleanza"]["nome"])
    alleanza.territorio = "Distretto di Crema"
    alleanza.save(update_fields=["territorio"])
    for soggetto in CREMA["partecipazioni"]:
        ente = Ente.objects.get(codice_fiscale=soggetto["codice_fiscale"])
        risposte = CREMA["risposte"]["II.A"].get(soggetto["id"]) or CREMA["risposte"]["II.B"][soggetto["id"]]
        Ente.objects.filter(pk=ente.pk).update(ateco=soggetto["ateco"] or "", email=risposte.get("legale_email", ""))
        _persone(ente, risposte)
        _sedi(ente, risposte)
        if soggetto["ruolo"] != "capofila":
            Adesione.objects.create(alleanza=alleanza, ente=ente)


def _persone(ente: Ente, risposte: dict) -> None:
    for prefisso, tipo in (("lr", "lr"), ("referente", "referente"), ("dirigente", "dirigente")):
        if f"{prefisso}_nominativo" not in risposte:
            continue
        nome, cognome = risposte[f"{prefisso}_nominativo"].split(" ", 1)
        persona = Persona.objects.create(
            nome=nome,
            cognome=cognome,
            codice_fiscale=risposte.get(f"{prefisso}_codice_fiscale", ""),
            nato_il=risposte.get(f"{prefisso}_nato_il"),
            nato_a=risposte.get(f"{prefisso}_nato_a", ""),
            nato_provincia=risposte.get(f"{prefisso}_nato_prov", ""),
            indirizzo=risposte.get("residenza_indirizzo", "") if prefisso == "lr" else "",
            cap=risposte.get("residenza_cap", "") if prefisso == "lr" else "",
            citta=risposte.get("residenza_citta", "") if prefisso == "lr" else "",
            provincia=risposte.get("residenza_prov", "") if prefisso == "lr" else "",
            telefono=risposte.get(f"{prefisso}_tel", ""),
            email=risposte.get(f"{prefisso}_email", ""),
        )
        ufficio = risposte.get(f"{prefisso}_settore", "")
        Carica.objects.create(ente=ente, persona=persona, tipo=tipo, settore_ufficio=ufficio)


def _sedi(ente: Ente, risposte: dict) -> None:
    for prefisso in ("legale", "operativa"):
        if f"{prefisso}_indirizzo" in risposte:
            Sede.objects.create(
                ente=ente,
                tipo=prefisso,
                indirizzo=risposte[f"{prefisso}_indirizzo"],
                cap=risposte.get(f"{prefisso}_cap", ""),
                citta=risposte.get(f"{prefisso}_citta", ""),
                provincia=risposte.get(f"{prefisso}_prov", ""),
                telefono=risposte.get(f"{prefisso}_tel", ""),
                fax=risposte.get(f"{prefisso}_fax", ""),
                email=risposte.get(f"{prefisso}_email", ""),
            )


def _altra_alleanza() -> None:
    """Strangers: nothing of theirs may be seen from Crema, nor the other way round."""
    pubblico = {"settore": Ente.Settore.PUBBLICO}
    ats = Ente.objects.create(denominazione="ATS dell'Insubria", genere=Ente.Genere.ATS, **pubblico)
    Ente.objects.create(denominazione="Regione Lombardia", genere=Ente.Genere.REGIONE, **pubblico)
    capofila = Ente.objects.create(
        denominazione="Azienda Speciale Consortile Medio Olona Servizi alla Persona",
        tipologia="Ente pubblico economico",
        **pubblico,
    )
    alleanza = Alleanza.objects.create(
        nome=ALTRA_ALLEANZA, territorio="Ambiti di Castellanza e di Somma Lombardo", ats=ats, capofila=capofila
    )
    Adesione.objects.create(alleanza=alleanza, ente=capofila, ruolo=Adesione.Ruolo.CAPOFILA)
    for nome in ("Comune di Castellanza", "Comune di Fagnano Olona", "Comune di Marnate"):
        ente = Ente.objects.create(denominazione=nome, tipologia="Ente pubblico", **pubblico)
        Adesione.objects.create(alleanza=alleanza, ente=ente)


def _accessi() -> None:
    for accesso in ACCESSI:
        nome, cognome = accesso["nome"].split(" ", 1)
        amministra = "ente" not in accesso
        crea = Utente.objects.create_superuser if amministra else Utente.objects.create_user
        utente = crea(accesso["email"], accesso["password"], nome=nome, cognome=cognome)
        if not amministra:
            ente = Ente.objects.get(denominazione=accesso["ente"])
            Appartenenza.objects.create(utente=utente, ente=ente, ruolo=accesso["incarico"])


def _vita(nome: str, titolo: str, avviso: Avviso) -> Contenuto:
    """The Crema scheda as one filled in the portal: other rows, nothing declared, the open avviso."""
    testo = json.dumps(CREMA)
    for riga in (*CREMA["partecipazioni"], *CREMA["azioni"], *CREMA["costi"], *CREMA["cofinanziamenti"]):
        testo = testo.replace(riga["id"], str(uuid.uuid5(SPAZIO, f"{nome} {riga['id']}")))
    dati = json.loads(testo)
    dati["progetto"] = {
        "id": str(uuid.uuid5(SPAZIO, nome)),
        "origine": "portale",
        "titolo": titolo,
        "durata_dal": "2014-10",
        "durata_al": "2015-12",
    }
    return dati | {"dichiarati": [], "avviso": avviso_di(avviso, avviso.moduli.get().parametri)}


def _attribuisci(dati: Contenuto) -> None:
    """The cofinancing of Crema names no partner: here each amount has one of its settore."""
    pubblico, privato = dati["partecipazioni"][1]["id"], dati["partecipazioni"][2]["id"]
    for riga in dati["cofinanziamenti"]:
        riga["partecipazione"] = pubblico if riga["settore"] == "pubblico" else privato
        riga["settore"] = None


def _mesi(dati: Contenuto) -> None:
    for posto, azione in enumerate(a for a in dati["azioni"] if a["genere"] == "azione"):
        mesi = {f"m{mese}": "x" for mese in range(1 + posto * 3, min(posto * 3 + 7, 16))}
        dati["risposte"].setdefault("IV.1.1", {}).setdefault(azione["id"], {}).update(mesi)


def _presentato(avviso: Avviso) -> Progetto:
    """Filed by the responsabile, with two partners that confirmed: what the ATS finds."""
    dati = _vita("presentato", "IN...TEMPO 2", avviso)
    dati["risposte"]["I.2"][""]["aree"] = ["servizi_cura"]
    _attribuisci(dati)
    _mesi(dati)
    progetto, _ = interscambio.importa(dati)
    for email in ("partner@csc.example.org", "partner@iride.example.org"):
        _conferma(progetto, Utente.objects.get(email=email))
    responsabile = Utente.objects.get(email="responsabile@comune-crema.example.org")
    transizioni.presenta(progetto.pk, responsabile)
    return progetto


def _conferma(progetto: Progetto, utente: Utente) -> None:
    partecipazione = progetto.partecipazioni.get(ente__appartenenze__utente=utente)
    cifre = conferme.cifre(contenuto(progetto), str(partecipazione.pk))
    Conferma.objects.create(partecipazione=partecipazione, impronta=conferme.impronta(cifre), cifre=cifre, da=utente)


def _in_compilazione(avviso: Avviso) -> Progetto:
    """Half done, as it is on a Tuesday afternoon: two texts to write, a partner that has not begun."""
    dati = _vita("in compilazione", "Tempo per tutti", avviso)
    _attribuisci(dati)
    iride = dati["partecipazioni"][2]["id"]
    risposte = dati["risposte"]
    for blocco in ("III.2.3", "III.2.4", "IV.1.1"):
        risposte.pop(blocco, None)
    risposte["III.1.3-soggetti"].pop(iride)
    risposte["II.B"][iride] = {"lr_nominativo": risposte["II.B"][iride]["lr_nominativo"]}
    dati["progetto"] |= {"durata_dal": None, "durata_al": None}
    dati["cofinanziamenti"] = [r for r in dati["cofinanziamenti"] if r["partecipazione"] != iride]
    progetto, _ = interscambio.importa(dati)
    _conferma(progetto, Utente.objects.get(email="partner@csc.example.org"))
    return progetto

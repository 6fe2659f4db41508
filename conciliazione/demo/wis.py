"""The real scheda of 2022, taken from paper; and the same call open today, with a scheda half done of the same capofila."""

import copy
import json
import uuid
from pathlib import Path

from alleanze.models import Carica, Ente, Persona, Sede
from progetti import interscambio
from progetti.contenuto import avviso_di
from progetti.models import Avviso, Progetto
from progetti.presentazione import transizioni

from . import avvisi

WIS = json.loads((Path(__file__).parent / "wis.json").read_text(encoding="utf-8"))
SPAZIO = uuid.UUID("0d0c0b0a-5755-4022-8022-202220220000")
IN_BOZZA = "WIS di quartiere"


def carica() -> None:
    acquisito, _ = interscambio.importa(copy.deepcopy(WIS))
    transizioni.acquisisci_da_carta(acquisito.pk)
    _anagrafica(acquisito)
    _in_compilazione(avvisi.riaperto(WIS["avviso"]["codice"], "welfare-2022-dimostrativo", 45))


def _anagrafica(progetto: Progetto) -> None:
    """Who represents each ente and where it works, as its own scheda says."""
    for partecipazione in progetto.partecipazioni.filter(pk__in=WIS["risposte"]["enti"]).select_related("ente"):
        risposte = WIS["risposte"]["enti"][str(partecipazione.pk)]
        nome, cognome = risposte["lr_nominativo"].split(" ", 1)
        persona = Persona.objects.create(nome=nome, cognome=cognome, codice_fiscale=risposte["lr_codice_fiscale"])
        Carica.objects.create(ente=partecipazione.ente, persona=persona, tipo="lr")
        Sede.objects.create(ente=partecipazione.ente, tipo="operativa", citta="Milano", provincia="MI")
    Ente.objects.filter(denominazione="IRENE ETS").update(email="segreteria@irene.example.org")


def _in_compilazione(avviso: Avviso) -> Progetto:
    """Two cards of five to finish, a phase missing, the goods told apart."""
    testo = json.dumps(WIS)
    for fonte in ("partecipazioni", "azioni", "personale", "destinatari", "fasi", "costi", "cofinanziamenti"):
        for riga in WIS[fonte]:
            testo = testo.replace(riga["id"], str(uuid.uuid5(SPAZIO, f"bozza {riga['id']}")))
    dati = json.loads(testo) | {"dichiarati": [], "avviso": avviso_di(avviso, avviso.moduli.get().parametri)}
    dati["progetto"] |= {"id": str(uuid.uuid5(SPAZIO, "bozza")), "origine": "portale", "titolo": IN_BOZZA, "destinatari": None}
    _lascia_a_meta(dati)
    return interscambio.importa(dati)[0]


def _lascia_a_meta(dati: dict) -> None:
    capofila, ultima, fase = dati["partecipazioni"][0]["id"], dati["azioni"][-1]["id"], dati["fasi"][-1]["id"]
    dati["cofinanziamenti"][0] |= {"partecipazione": capofila, "atto": "delibera del 3 giugno"}
    dati["costi"].append({"id": str(uuid.uuid5(SPAZIO, "bozza beni")), "prospetto": "beni", "voce": "B", "importo": "4000.00"})
    dati["destinatari"] = [d for d in dati["destinatari"] if d["azione"] != ultima]
    dati["fasi"] = dati["fasi"][:-1]
    risposte = dati["risposte"]
    risposte["B.2.2"].pop(fase)
    risposte["schede"][ultima] = {"descrizione": risposte["schede"][ultima]["descrizione"]}
    for blocco in ("B.2.5", "firma"):
        risposte.pop(blocco)

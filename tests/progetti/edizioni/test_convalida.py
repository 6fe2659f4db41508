"""A mistyped edition is told when it is loaded, each mistake in one sentence that says where and what is expected."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from django import forms
from django.conf import settings
from django.core.checks import run_checks

from conciliazione.schede import campi
from conciliazione.schede.convalida import errori
from conciliazione.schede.edizione import (
    COFINANZIAMENTI,
    COSTI,
    PARTNER,
    Colonna,
    Cronoprogramma,
    Domande,
    Edizione,
    Elenco,
    PerRiga,
    Rimandi,
    Scheda,
    Sezione,
    Tabella,
)
from conciliazione.schede.prospetto import VOCI, Prospetto, Voce
from conciliazione.schede.tipi import EdizioneSbagliata
from progetti.edizioni import EDIZIONI
from progetti.edizioni.caricamento import archivio, archivio_intero, valide

from ...edizione_di_prova import EDIZIONE as DI_PROVA


def modulo(**campi_) -> type[Scheda]:
    return type("Modulo", (Scheda,), campi_)


UNA = modulo(titolo=campi.Riga("Titolo"))


def con(*blocchi, **altro) -> Edizione:
    """A small edition of these blocks."""
    altro = {"codice": "x", "titolo": "X", "sottotitolo": "", "sezioni": (Sezione("A", "A", tuple(blocchi)),)} | altro
    return Edizione(**altro)


def domande(**campi_) -> Edizione:
    return con(Domande(chiave="1", titolo="1", modulo=modulo(**campi_)))


def tabella(fonte: str, **campi_) -> Edizione:
    return con(Tabella(chiave="1", titolo="1", fonte=fonte, modulo=modulo(**campi_)))


def prospetto(*colonne, **altro) -> Edizione:
    nome = altro.get("nome", "azioni")
    return con(
        Prospetto(**{"chiave": "1", "titolo": "1", "fonte": "azioni", "nome": nome, "colonne": colonne} | altro), prospetto=nome
    )


def costo(contenuto, riga):
    return None


REFERENTI = modulo(partecipazione=campi.SceltaRiga("Ente", fonte="partecipazioni", colonna="denominazione"))
ENTI = PerRiga(chiave="enti", titolo="Enti", fonte="partecipazioni", modulo=modulo(motto=campi.Riga("Motto")))


def _appesa(**altro) -> Tabella:
    appesa = {"dentro": "enti", "padre": "partecipazione"} | altro
    return Tabella(chiave="r", titolo="r", fonte="referenti", modulo=REFERENTI, **appesa)


SBAGLIATE = {
    "chi scrive il blocco": (
        con(Domande(chiave="1", titolo="1", modulo=UNA, scrive="parner")),
        ", blocco «1»: scrive=«parner», e ci vuole CAPOFILA o PARTNER.",
    ),
    "un partner senza righe sue": (
        con(Domande(chiave="1", titolo="1", modulo=UNA, scrive=PARTNER)),
        ", blocco «1»: lo scrive ogni partner, e le righe non dicono di chi sono: ci vuole fonte=«partecipazioni», o "
        "proprietario=.",
    ),
    "che cosa scrive una colonna": (
        prospetto(Colonna("c", "C", costo, scrive=COSTI), Colonna("d", "D", costo, scrive="costo")),
        ", blocco «1», colonna «d»: scrive=«costo», e ci vuole COSTI, COFINANZIAMENTI o niente.",
    ),
    "la fonte": (
        con(PerRiga(chiave="1", titolo="1", fonte="azione", modulo=UNA)),
        ", blocco «1»: fonte=«azione», e un blocco PerRiga può avere «partecipazioni», «referenti», «azioni», «indicatori», "
        "«personale», «destinatari», «fasi», «cofinanziamenti».",
    ),
    "domande con una fonte": (
        con(Domande(chiave="1", titolo="1", modulo=UNA, fonte="azioni")),
        ", blocco «1»: fonte=«azioni», e un blocco Domande non ne ha.",
    ),
    "la colonna di una scelta fra righe": (
        domande(a=campi.SceltaRiga("Quale", fonte="fasi", colonna="titol")),
        ", blocco «1», campo «a»: colonna=«titol» non è una colonna di «fasi», che ha «titolo», «mesi», «azioni».",
    ),
    "la fonte di una scelta fra righe": (
        domande(a=campi.SceltaRighe("Quali", fonte="fase", colonna="titolo")),
        ", blocco «1», campo «a»: fonte=«fase», e si sceglie fra le righe di «partecipazioni», «referenti», «azioni», "
        "«indicatori», «personale», «destinatari», «fasi», «cofinanziamenti».",
    ),
    "un blocco due volte": (
        con(Domande(chiave="1", titolo="1", modulo=UNA), Elenco(chiave="1", titolo="2", fonte="partecipazioni")),
        ", blocco «1»: c'è 2 volte, e ogni nome si usa una volta sola.",
    ),
    "due chiavi che nella pagina sono una": (
        con(Domande(chiave="1.1", titolo="1", modulo=UNA), Elenco(chiave="1-1", titolo="2", fonte="partecipazioni")),
        ", identificativo di blocco «b-1-1»: c'è 2 volte, e ogni nome si usa una volta sola.",
    ),
    "una sezione due volte": (
        con(sezioni=(Sezione("A", "A", ()), Sezione("A", "B", ()))),
        ", sezione «A»: c'è 2 volte, e ogni nome si usa una volta sola.",
    ),
    "una colonna due volte": (
        prospetto(Colonna("c", "C", costo, scrive=COSTI), Colonna("c", "D", costo)),
        ", blocco «1», colonna «c»: c'è 2 volte, e ogni nome si usa una volta sola.",
    ),
    "un prospetto che si scrive senza nome": (
        con(Prospetto(chiave="1", titolo="1", fonte="azioni", colonne=(Colonna("c", "C", costo, scrive=COSTI),))),
        ", blocco «1»: manca il nome= di questo modo di dividere i costi.",
    ),
    "un prospetto che si scrive senza righe": (
        prospetto(Colonna("c", "C", costo, scrive=COSTI), fonte=""),
        ", blocco «1», colonna «c»: si scrive, e il prospetto non ha righe: ci vuole fonte=.",
    ),
    "un cofinanziamento per voce di costo": (
        prospetto(Colonna("c", "C", costo, scrive=COFINANZIAMENTI), fonte=VOCI),
        ", blocco «1», colonna «c»: un cofinanziamento non ha voci di costo: si scrive in un prospetto di azioni o di "
        "partecipazioni.",
    ),
    "una cella con una chiave che la riga non ha": (
        prospetto(Colonna("c", "C", costo, scrive=COSTI, cella={"natura": "monetario"})),
        ", blocco «1», colonna «c»: la cella nomina «natura», e una riga di «costi» ha «prospetto», «azione», «voce», "
        "«partecipazione», «importo».",
    ),
    "un campo più largo della sua colonna": (
        tabella("azioni", codice=campi.Riga("Codice")),
        ", blocco «1», campo «codice»: accetta 250 caratteri, e la colonna che ha il suo nome ne tiene 12 (max_length=).",
    ),
    "un campo di un genere che la colonna non tiene": (
        tabella("azioni", ore=campi.Riga("Ore")),
        ", blocco «1», campo «ore»: è Riga, e la colonna che ha il suo nome vuole Numero.",
    ),
    "un numero dove la colonna tiene un testo": (
        domande(titolo=campi.Numero("Titolo")),
        ", blocco «1», campo «titolo»: è Numero, e la colonna che ha il suo nome tiene un testo.",
    ),
    "un rimando ad altre righe": (
        tabella("personale", azione=campi.SceltaRiga("Chi", fonte="partecipazioni", colonna="denominazione")),
        ", blocco «1», campo «azione»: sceglie fra le righe di «partecipazioni», e la colonna che ha il suo nome è di "
        "«azioni».",
    ),
    "scelte che la colonna non ha": (
        tabella("cofinanziamenti", natura=campi.Scelta("Natura", scelte=(("denaro", "denaro"),))),
        ", blocco «1», campo «natura»: ha scelte che la colonna non ha: può avere «monetario», «valorizzazione».",
    ),
    "dentro un blocco che non c'è": (
        con(ENTI, _appesa(dentro="ente")),
        ", blocco «r»: dentro=«ente» non è la chiave di un blocco PerRiga di questa edizione.",
    ),
    "un padre che non è un suo campo": (
        con(ENTI, _appesa(padre="ente")),
        ", blocco «r»: padre=«ente», e ci vuole il nome di un suo campo SceltaRiga che sceglie fra le righe di "
        "«partecipazioni».",
    ),
    "un proprietario che non è un suo campo": (
        con(ENTI, _appesa(proprietario="ente", scrive=PARTNER)),
        ", blocco «r»: proprietario=«ente», e ci vuole il nome di un suo campo SceltaRiga che sceglie fra le righe di "
        "«partecipazioni».",
    ),
    "il prospetto che comanda": (
        replace(prospetto(Colonna("c", "C", costo, scrive=COSTI), nome="voci"), prospetto="voce"),
        ": comanda il prospetto «voce», e nessun blocco che scrive costi ha quel nome: ci sono «voci».",
    ),
    "un aspetto senza template": (
        con(Domande(chiave="1", titolo="1", modulo=UNA, aspetto="x/mai_visto.html")),
        ", blocco «1»: aspetto=«x/mai_visto.html» non è il nome di un template che c'è.",
    ),
    "un significato che non c'è": (
        con(Domande(chiave="1", titolo="1", modulo=UNA), significati={"contesti": ("1", "titolo")}),
        ": fra i significati c'è «contesti», e ci vuole uno di questi: «contesto», «finalità», «azione: come», "
        "«azione: obiettivi», «azione: per chi», «seguito», «novità», «partenariato», «altre iniziative».",
    ),
    "un significato di un campo che non c'è": (
        con(Domande(chiave="1", titolo="1", modulo=UNA), significati={"contesto": ("1", "testo")}),
        ": il significato «contesto» è detto di «1», «testo», e ci vuole la chiave di un blocco e il nome di un suo campo.",
    ),
    "una sintesi di un campo che non c'è": (
        con(Domande(chiave="1", titolo="1", modulo=UNA), sintesi=Rimandi(descrizione=("1.testo",))),
        ": la scheda sintetica prende «1.testo», e ci vuole «blocco.campo» di un campo che c'è.",
    ),
    "una sintesi senza virgola": (
        con(Domande(chiave="1", titolo="1", modulo=UNA), sintesi=Rimandi(target="1.titolo")),
        ": «sintesi, target» è «1.titolo», e ci vuole una tupla di testi «blocco.campo»: se ne ha una sola, va chiusa con una "
        "virgola.",
    ),
    "un disegno che Word non ha": (
        con(Domande(chiave="1", titolo="1", modulo=UNA, in_word="a_colori"), disegni={"mio": costo}),
        ", blocco «1»: in_word=«a_colori», e ci vuole uno di questi disegni: «domande», «elenco», «per_riga», «in_tabella», "
        "«tabella», «con_figlie», «cronoprogramma», «prospetto», «mio».",
    ),
    "una regola che non è una funzione": (
        con(Domande(chiave="1", titolo="1", modulo=UNA), regole=("limiti",)),
        ": in «regole» c'è «limiti», e ci vuole una funzione di edizione e contenuto.",
    ),
    "una sola regola senza virgola": (
        con(Domande(chiave="1", titolo="1", modulo=UNA), regole=costo),
        ": «regole» è un oggetto function, e ci vuole una tupla di una funzione di edizione e contenuto: se ne ha una sola, va "
        "chiusa con una virgola.",
    ),
    "un catalogo che non è di coppie": (
        con(Domande(chiave="1", titolo="1", modulo=UNA), catalogo=("A", "B")),
        ": il catalogo è fatto di coppie, codice e titolo di ogni azione.",
    ),
    "una gravità scritta come testo": (
        domande(a=campi.Riga("A", manca="errore")),
        ", blocco «1», campo «a»: manca=«errore», e ci vuole una Gravita, o None.",
    ),
    "un massimo di caratteri che non è un numero": (
        domande(a=campi.Testo("A", max_caratteri="500")),
        ", blocco «1», campo «a»: max_caratteri=«500», e ci vuole un numero maggiore di zero.",
    ),
    "un massimo di righe che è zero": (
        domande(a=campi.Testo("A", max_righe=0)),
        ", blocco «1», campo «a»: max_righe=«0», e ci vuole un numero maggiore di zero.",
    ),
    "un campo di Django": (
        domande(a=forms.CharField(label="A")),
        ", blocco «1», campo «a»: è un oggetto CharField, e ci vuole un campo di conciliazione.schede.campi.",
    ),
    "scelte che non sono coppie": (
        domande(a=campi.Scelta("A", scelte=("SI", "NO"))),
        ", blocco «1», campo «a»: le scelte sono coppie, una chiave e le parole stampate.",
    ),
    "un massimo che l'avviso non dice": (
        domande(a=campi.Scelte("A", scelte=(("a", "a"),), massimo="aree")),
        ", blocco «1», campo «a»: massimo=«aree» non è un parametro dell'avviso.",
    ),
    "un modulo che non è una Scheda": (
        con(Domande(chiave="1", titolo="1", modulo=forms.Form)),
        ", blocco «1»: modulo=la classe Form, e ci vuole una classe Scheda.",
    ),
    "una voce di costo di un genere che non c'è": (
        prospetto(Colonna("c", "C", costo, scrive=COSTI), fonte=VOCI, nome="voci", voci=(Voce("A", "A", "persone"),)),
        ", blocco «1», voce «A»: genere=«persone», e ci vuole uno di questi: «personale», «beni», «servizi», «voucher», "
        "«generali».",
    ),
    "due cronoprogrammi": (
        con(Cronoprogramma(chiave="1", titolo="1"), Cronoprogramma(chiave="2", titolo="2")),
        ": ha più di un Cronoprogramma, e i mesi di un'azione si scrivono una volta sola.",
    ),
    "sezioni senza virgola": (
        con(sezioni=Sezione("A", "A", ())),
        ": «sezioni» è un oggetto Sezione, e ci vuole una tupla di Sezione: se ne ha una sola, va chiusa con una virgola.",
    ),
}


@pytest.mark.parametrize("edizione", [*EDIZIONI.values(), DI_PROVA], ids=lambda e: e.codice)
def test_le_edizioni_che_ci_sono_vanno_bene(edizione):
    assert errori(edizione, archivio()) == []


@pytest.mark.parametrize("sbaglio", SBAGLIATE)
def test_ogni_sbaglio_ha_la_sua_frase_e_una_sola(sbaglio):
    edizione, frase = SBAGLIATE[sbaglio]
    assert errori(edizione, archivio()) == [f"Edizione «x»{frase}"]


def test_una_pagina_che_non_c_e_si_dice_appena_si_conoscono_gli_indirizzi(monkeypatch, db):
    gestite = Elenco(chiave="1", titolo="1", fonte="partecipazioni", gestione="progetti:soggeti")
    edizione = con(gestite, replace(gestite, chiave="2", gestione="progetti:soggetti"))
    frase = "Edizione «x», blocco «1», campo «gestione»: «progetti:soggeti» non è il nome di una pagina che ogni progetto ha."
    assert errori(edizione, archivio()) == []
    assert errori(edizione, archivio_intero()) == [frase]
    monkeypatch.setitem(EDIZIONI, edizione.codice, edizione)
    assert [e.msg for e in run_checks() if e.id == "progetti.E001"] == [frase]


def test_gli_sbagli_si_dicono_tutti_insieme_e_l_edizione_non_entra():
    sbagliata = con(
        Domande(chiave="1", titolo="1", modulo=UNA, scrive="nessuno"),
        Domande(chiave="2", titolo="2", modulo=modulo(a=campi.Riga("A", manca="errore"))),
        regole=("r",),
    )
    altra = replace(domande(a=campi.Riga("A")), codice="x")
    with pytest.raises(EdizioneSbagliata) as trovata:
        valide([sbagliata, altra])
    assert [e.split(":")[0] for e in trovata.value.errori] == [
        "Edizione «x»",
        "Edizione «x», blocco «1»",
        "Edizione «x», blocco «2», campo «a»",
        "Edizione «x»",
    ]
    assert trovata.value.errori[-1] == "Edizione «x»: due edizioni hanno questo codice."
    assert str(trovata.value).splitlines() == trovata.value.errori


def test_chi_avvia_il_portale_con_un_edizione_sbagliata_legge_le_frasi_e_nient_altro(tmp_path):
    """In a process of its own, as one starts it: named by EDIZIONI_DI_FUORI."""
    (tmp_path / "sbagliata.py").write_text(
        "from conciliazione.schede.edizione import Edizione\n"
        "EDIZIONE = Edizione(codice='x', titolo='', sottotitolo='', sezioni=())\n",
        encoding="utf-8",
    )
    ambiente = os.environ | {"EDIZIONI_DI_FUORI": "sbagliata", "PYTHONPATH": str(tmp_path)}
    comando = [sys.executable, "manage.py", "check"]
    finito = subprocess.run(comando, cwd=settings.RADICE, env=ambiente, capture_output=True, text=True, timeout=240)
    assert (finito.returncode, finito.stdout) == (1, "")
    assert finito.stderr == "Edizione «x»: manca il titolo.\nEdizione «x»: non ha sezioni.\n"


@pytest.mark.parametrize("niente", [None, "edizione", Edizione, con(sezioni=None), con(None), con(sezioni=(None,))])
def test_di_cio_che_non_e_un_edizione_si_dice_una_frase(niente):
    assert errori(niente, archivio())

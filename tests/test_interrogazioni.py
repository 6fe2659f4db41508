"""How many times a page asks the database: few, and as many for one row as for many.

Counted are the questions about our tables; beside them each request asks for the session the account and the bell,
and opens and closes its read-only transaction.
"""

import pytest
from django.db import InternalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alleanze.models import Adesione, Alleanza, Appartenenza, Ente
from progetti.models import Avviso, Cofinanziamento, Conferma, Progetto, SchedaSintetica, Versione
from progetti.scrivania import views as viste
from progetti.soggetti import aggiungi

GIA_CHIESTE: set[str] = set()
CORNICE = ("django_session", "conciliazione_utente", "django_content_type", "conciliazione_notifica")


def domande(browser, url: str) -> list[str]:
    """The questions of a page; those around it left out."""
    if url not in GIA_CHIESTE:  # what is kept for the whole process is asked once and does not count
        browser.get(url)
        GIA_CHIESTE.add(url)
    with CaptureQueriesContext(connection) as catturate:
        assert browser.get(url).status_code == 200
    sql = [q["sql"].rpartition("; ")[2] if q["sql"].startswith("SELECT set_config") else q["sql"] for q in catturate]
    da = [q for q in sql if q.startswith("SELECT")]
    return [q for q in da if not any(f'FROM "{tabella}"' in q for tabella in CORNICE)]


# In each: appartenenze and, for who makes the project, its partecipazioni of one's own.
# The content is seven: partecipazioni with ente, azioni, costi, cofinanziamenti, compilazioni, dichiarati, conferme.
PAGINE = {
    "scrivania": 21,  # progetti, the content, whether Regione, alleanze, avvisi, all that tells what is to do and by when
    "progetti:elenco": 3,  # how many, progetti
    "progetti:avvisi": 2,  # avvisi, enti one may open a scheda for
    "progetti:avviso": 4,  # avviso, its forms, enti one may open a scheda for
    "alleanze:elenco": 2,  # whether Regione, alleanze
    "alleanze:dettaglio": 4,  # whether Regione, alleanza, adesioni with ente, requests to examine
    "progetti:dettaglio": 15,  # progetto, the content, whether one represents the ente, versioni, passaggi, who represents
    "progetti:nuovo_da": 6,  # avviso, its forms, enti one may open a scheda for, how many projects, projects
    "progetti:da_rivedere": 6,  # progetto, the content, what it was begun from
    "progetti:verifica": 11,  # progetto, the content, whether one represents the ente
    "progetti:soggetti": 12,  # progetto, the content, adesioni to choose from
    "progetti:sezione": 10,  # progetto, the content
    "progetti:riga": 11,  # progetto, the content, who wrote it last
    "progetti:conferma": 12,  # progetto, soggetto, the content, previous confirmations
    "progetti:conferma_ritira": 5,  # progetto, soggetto, its confirmation, the one that counts
    "progetti:versione": 4,  # versione with project and filing
    "progetti:ricevuta": 4,  # versione, presentazione
    "progetti:sintesi_elenco": 3,  # whether Regione, schede with their projects
    "progetti:sintesi_del_progetto": 4,  # progetto, its sheet
    "progetti:sintesi": 4,  # sheet, newest version
}
SEZIONI = ("I", "II", "III", "IV")


def indirizzi(progetto, presentato) -> list[tuple[str, str]]:
    soggetto = progetto.partecipazioni.get(denominazione__startswith="Comunità").pk
    versione = presentato.versioni.get().pk
    sintesi = SchedaSintetica.objects.get(progetto__titolo="IN...TEMPO").pk
    argomenti = {
        "alleanze:dettaglio": [progetto.alleanza_id],
        "progetti:avviso": [progetto.avviso_id],
        "progetti:dettaglio": [progetto.pk],
        "progetti:nuovo_da": [progetto.avviso_id],
        "progetti:da_rivedere": [progetto.pk],
        "progetti:verifica": [progetto.pk],
        "progetti:soggetti": [progetto.pk],
        "progetti:riga": [progetto.pk, "II.B", soggetto],
        "progetti:conferma": [progetto.pk, soggetto],
        "progetti:conferma_ritira": [progetto.pk, soggetto, _registrata(soggetto)],
        "progetti:versione": [versione],
        "progetti:ricevuta": [versione],
        "progetti:sintesi_del_progetto": [progetto.pk],
        "progetti:sintesi": [sintesi],
    }
    sole = [n for n in PAGINE if n != "progetti:sezione"]
    trovati = [(n, reverse(n, args=argomenti.get(n))) for n in sole]
    return trovati + [("progetti:sezione", reverse("progetti:sezione", args=[progetto.pk, s])) for s in SEZIONI]


def _registrata(soggetto) -> int:
    """A confirmation that both the capofila and the soggetto may take back."""
    da = Conferma.objects.filter(partecipazione_id=soggetto).first().da
    altro = {"impronta": "-", "cifre": {}, "per_conto": True, "documento": "firma.pdf"}
    return Conferma.objects.create(partecipazione_id=soggetto, da=da, **altro).pk


def moltiplica(progetto) -> None:
    """Ten partners with their cofinancing, twenty projects, ten alliances, ten calls: a question too many shows with two."""
    enti = Ente.objects.bulk_create(Ente(denominazione=f"Cooperativa {n}", settore="privato") for n in range(10))
    azione = progetto.azione_righe.first()
    for n, ente in enumerate(enti):
        Adesione.objects.create(alleanza=progetto.alleanza, ente=ente)
        soggetto = aggiungi.aggiungi_soggetto(progetto, ente)
        Cofinanziamento.objects.create(
            progetto=progetto, partecipazione=soggetto, azione=azione, importo="10.00", ordine=50 + n
        )
    for n in range(10):
        Alleanza.objects.create(nome=f"Alleanza {n}", ats=progetto.alleanza.ats, capofila=progetto.capofila)
        avviso = Avviso.objects.get(pk=progetto.avviso_id)
        avviso.pk, avviso.codice = None, f"avviso-{n}"
        avviso.save()
    csc = Ente.objects.get(denominazione__startswith="Comunità Sociale")
    for n in range(20):
        altro = Progetto.objects.create(
            avviso=progetto.avviso,
            edizione=progetto.edizione,
            alleanza=progetto.alleanza,
            capofila=progetto.capofila,
            titolo=f"Progetto {n}",
        )
        aggiungi.aggiungi_soggetto(altro, progetto.capofila, "capofila")
        aggiungi.aggiungi_soggetto(altro, csc)


@pytest.mark.parametrize("chi", ["capofila", "partner"])
def test_ogni_pagina_chiede_poco_e_lo_stesso_con_molte_righe(request, entra, progetto, presentato, chi):
    browser = entra(request.getfixturevalue(chi))
    pagine = indirizzi(progetto, presentato)
    prima = [(nome, len(domande(browser, url))) for nome, url in pagine]
    troppe = [(nome, quante) for nome, quante in prima if quante > PAGINE[nome]]
    assert not troppe
    moltiplica(progetto)
    dopo = [(nome, len(domande(browser, url))) for nome, url in pagine]
    assert dopo == prima


@pytest.mark.parametrize("chi", ["ats", "regione"])
def test_anche_chi_riceve_le_schede_chiede_lo_stesso_con_molti_progetti(request, entra, progetto, presentato, chi):
    browser = entra(request.getfixturevalue(chi))
    pagine = [reverse("scrivania"), reverse("progetti:elenco"), reverse("alleanze:elenco")]
    prima = [len(domande(browser, url)) for url in pagine]
    moltiplica(progetto)
    Progetto.objects.filter(titolo__startswith="Progetto ").update(stato="presentato")
    assert [len(domande(browser, url)) for url in pagine] == prima


def test_chi_agisce_per_piu_enti_non_chiede_di_piu(entra, capofila, progetto):
    browser, url = entra(capofila), reverse("progetti:dettaglio", args=[progetto.pk])
    prima = len(domande(browser, url))
    for ente in Ente.objects.filter(partecipazioni__progetto=progetto):
        Appartenenza.objects.get_or_create(utente=capofila, ente=ente, ruolo="operatore")
    assert len(domande(browser, url)) == prima


def test_una_pagina_letta_non_puo_scrivere(entra, capofila, progetto, monkeypatch):
    """A GET that tried to write would be stopped by the database itself."""
    vera = viste.nome_per

    def scrive(*argomenti, **opzioni):
        Progetto.objects.filter(pk=progetto.pk).update(titolo="scritto da una lettura")
        return vera(*argomenti, **opzioni)

    monkeypatch.setattr(viste, "nome_per", scrive)
    with pytest.raises(InternalError, match="read-only transaction"):
        entra(capofila).get(reverse("progetti:dettaglio", args=[progetto.pk]))


def test_dopo_una_lettura_si_puo_scrivere(entra, capofila, progetto):
    browser = entra(capofila)
    browser.get(reverse("progetti:dettaglio", args=[progetto.pk]))
    assert Progetto.objects.filter(pk=progetto.pk).update(titolo="scritto dopo") == 1


def test_l_elenco_delle_versioni_non_carica_il_loro_contenuto(entra, capofila, presentato):
    chieste = domande(entra(capofila), reverse("progetti:dettaglio", args=[presentato.pk]))
    (delle_versioni,) = [q for q in chieste if f'FROM "{Versione._meta.db_table}"' in q]
    assert '"contenuto"' not in delle_versioni

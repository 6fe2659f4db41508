"""Every page of the portal, in every state a person may find it in: who looks, at which address, after doing what."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import get_resolver, reverse
from django.utils import timezone
from playwright.sync_api import Page

from alleanze.adesioni import carte
from alleanze.adesioni import transizioni as adesioni
from alleanze.models import (
    Accordo,
    Adesione,
    Alleanza,
    Appartenenza,
    Carica,
    Ente,
    Persona,
    Quesito,
    RichiestaAdesione,
    Sportello,
)
from alleanze.sportello import transizioni as sportello
from conciliazione.cartelle import documenti
from conciliazione.demo import incentivi, tempo_per_tutti, wis
from conciliazione.file import lavori
from conciliazione.inviti import collegamenti
from conciliazione.models import Documento, FileGenerato, Invito, Lettera, Messaggio, Utente
from progetti import permessi
from progetti.edizioni import EDIZIONI
from progetti.models import (
    AttoDiImpegno,
    Avviso,
    Azione,
    Conferma,
    DaFirmare,
    Incaricato,
    Partecipazione,
    Progetto,
    SchedaSintetica,
    Versione,
)
from progetti.nuovo import apri, copia
from progetti.presentazione import versioni
from progetti.presentazione.versioni import chiedi_word_di_scheda
from progetti.scansioni import scansioni
from voucher.models import MisuraIncentivo, RichiestaIncentivo

from .. import castellanza
from ..carte import PDF
from ..vecchie_schede import SCHEDA_2014

OPERATORE = "operatore@comune-crema.example.org"
RESPONSABILE = "responsabile@comune-crema.example.org"
PARTNER = "partner@csc.example.org"
IRIDE = "partner@iride.example.org"
ATS = "istruttore@ats-valpadana.example.org"
REGIONE = "direzione@regione.example.org"
IRENE = "capofila@irene.example.org"
DORA = "servizi@ali.example.org"
IMPRESA = "impresa@cinemino.example.org"
ESTRANEO = "estraneo@mediolona.example.org"
SENZA_ENTE = "nessuno@example.org"
ESPERTA = "esperto@comune-crema.example.org"
TITOLARE = "titolare@iride.example.org"
"""Who represents Iride, with an account: it declares how large Iride is."""
COPIATA = "Tempo ritrovato"
AMMINISTRATORE = "admin@example.org"


@dataclass
class Dati:
    """The rows of the demo that the addresses name."""

    def __post_init__(self):
        Utente.objects.get_or_create(email=SENZA_ENTE, defaults={"nome": "Nadia", "cognome": "Senzaente"})
        self.bozza = Progetto.objects.get(titolo="Tempo per tutti").pk
        presentato = Progetto.objects.get(titolo="IN...TEMPO 2")
        self.presentato, self.carta = presentato.pk, Progetto.objects.get(titolo="IN...TEMPO").pk
        self.versione = presentato.versioni.get().pk
        self.versione_carta = Progetto.objects.get(pk=self.carta).versioni.get().pk
        self.avviso = Avviso.objects.get(codice="dgr1081-2014-dimostrativo").pk
        self.alleanza = presentato.alleanza_id
        self.copia = self._copia()
        self.doppione = self._doppione(presentato)
        self.capofila, self.csc, self.iride = self._righe()[:3]
        self._welfare()
        self._file()
        self._sintesi()
        self._enti()
        self.avviso_pieno = self._avviso_pieno()
        self.avviso_doppio = self._avviso_doppio()
        self._ptc()
        self._quesiti()
        self.prestata = Progetto.objects.get(titolo=tempo_per_tutti.IN_PRESTITO).pk
        self._conferme()
        self._inviti()
        self._cartelle()
        self._fascicolo()
        self._incentivi()
        self._adesioni()

    def _fascicolo(self) -> None:
        """The papers of the demo in each state, a scan that was read and holds nothing known, the agreements."""
        bozza, capofila = Progetto.objects.get(pk=self.bozza), Utente.objects.get(email=OPERATORE)
        carte_ = DaFirmare.objects.filter(partecipazione__progetto=bozza)
        self.ricevuta = carte_.get(partecipazione=self.csc, genere="lettera", stato="ricevuto").pk
        self.firmata = carte_.get(partecipazione=self.csc, genere="impegno", stato="firmato").pk
        self.da_consegnare = carte_.get(partecipazione=self.iride, genere="lettera", stato="inviato").pk
        self.atto = AttoDiImpegno.objects.get(partecipazione=self.csc).pk
        scansione = scansioni.carica(bozza, SimpleUploadedFile("fogli-firmati.pdf", PDF), capofila)
        if not scansione.pronto:
            lavori.esegui(scansione.pk, lambda: scansioni.produci(scansione))
        self.accordo = Accordo.objects.get(titolo=tempo_per_tutti.ACCORDO).pk
        self.accordo_finito = Accordo.objects.get(titolo=tempo_per_tutti.CONVENZIONE).pk

    def _adesioni(self) -> None:
        """A request to join in each of its states, and the adesione of a partner."""
        ricevute = RichiestaAdesione.objects.filter(alleanza=self.alleanza)
        self.adesione_inviata, self.adesione_in_esame = (ricevute.get(stato=s).pk for s in ("richiesta", "in_esame"))
        chi, modello = Utente.objects.get(email=SENZA_ENTE), ricevute.get(stato="richiesta")
        comuni = {"chiesta_da": chi, "email": chi.email, "risposte": {}, "motivo": "Manca la delibera."}
        for stato, dati in (("bozza", {}), ("respinta", modello.dati), ("ritirata", modello.dati)):
            fatta, _ = RichiestaAdesione.objects.get_or_create(
                alleanza_id=self.alleanza,
                impronta=stato,
                defaults=comuni | {"stato": stato, "dati": dati},
            )
            setattr(self, f"adesione_{stato}", fatta.pk)
        da_integrare = ricevute.get(stato="in_integrazione", chiesta_da=None)
        self.adesione_da_integrare, self.lettera_di_adesione = da_integrare.pk, Lettera.objects.di(da_integrare).get().pk
        altre = {"dati": modello.dati, "risposte": modello.risposte, "stato": "in_esame"}
        integra = comuni | altre | {"inviata_il": timezone.now()}
        da_integrare, nuova = RichiestaAdesione.objects.get_or_create(
            alleanza_id=self.alleanza, impronta="integra", defaults=integra
        )
        if nuova:
            istruttore = Utente.objects.get(email=ATS)
            adesioni.chiedi_integrazione(da_integrare.pk, istruttore, testo="La delibera di adesione.", giorni=10)
        self.adesione_integra = da_integrare.pk
        self.adesione_pronta = self._adesione_pronta(chi, modello)
        self.adesione_di_iride = Adesione.objects.get(alleanza=self.alleanza, ente__denominazione__startswith="Iride").pk
        self.adesione_del_capofila = Adesione.objects.get(alleanza=self.alleanza, ruolo="capofila").pk
        self.carta_di_adesione = carte.chiedi(modello, "modulo", chi).pk

    @staticmethod
    def _adesione_pronta(chi: Utente, modello: RichiestaAdesione):
        """To be sent: the register has its ente already."""
        dati = modello.dati | {"denominazione": "Comune di Marnate", "codice_fiscale": ""}
        altro = {"dati": dati, "risposte": modello.risposte, "email": chi.email, "chiesta_da": chi}
        return RichiestaAdesione.objects.get_or_create(alleanza=modello.alleanza, impronta="pronta", defaults=altro)[0].pk

    def _incentivi(self) -> None:
        """The measure of the demo with its request; another one, and a request that waits for a decision."""
        misura = incentivi.carica()
        self.misura, self.wis, self.richiesta = misura.pk, misura.progetto_id, misura.richieste.get(stato="avviata").pk
        altra = {"progetto": misura.progetto, "titolo": "Lavoro agile", "condizioni": "Sei mesi", "dotazione": 1000}
        self.altra_misura = MisuraIncentivo.objects.get_or_create(titolo="Lavoro agile", defaults=altra | {"pubblicata": True})[
            0
        ].pk
        firma = {"stato": "presentata", "spesa": 2000, "richiesto": 900, "risultati": "Meno assenze"}
        firma |= {"descrizione": "Orari scelti", "aperta_da": Utente.objects.get(email=IMPRESA)}
        chi = Ente.objects.get(denominazione__startswith="M E P")
        self.da_decidere = RichiestaIncentivo.objects.get_or_create(misura=misura, ente=chi, defaults=firma)[0].pk

    def _cartelle(self) -> None:
        """A verbale with two revisions in the folder of the draft, and a protocollo seen by the ATS in the alliance's."""
        self.documento = self._documento(Progetto.objects.get(pk=self.bozza), "Verbale del tavolo di rete").pk
        self.documento_dell_alleanza = self._documento(Alleanza.objects.get(pk=self.alleanza), "Regolamento").pk

    @staticmethod
    def _documento(oggetto, titolo: str) -> Documento:
        trovato = Documento.objects.di(oggetto).filter(titolo=titolo).first()
        if trovato is None:
            chi = Utente.objects.get(email=OPERATORE)
            file = SimpleUploadedFile("a.pdf", PDF)
            trovato = documenti.aggiungi(oggetto, file, titolo=titolo, genere="verbale", utente=chi, visibilita="ats")
            documenti.revisiona(trovato, file, utente=chi, nota="aggiunte le firme dei presenti")
        return trovato

    def _enti(self) -> None:
        """An ente with all that an ente may have; the stranger's, of which nothing is known."""
        csc, iride = (Ente.objects.get(denominazione__startswith=n) for n in ("Comunità Sociale", "Iride"))
        vuoto = Ente.objects.get(denominazione="Comune di Fagnano Olona")
        self.ente_csc, self.ente_iride, self.ente_vuoto = csc.pk, iride.pk, vuoto.pk
        self.ente_ali = Ente.objects.get(denominazione__startswith="ALI").pk
        self.carica_csc, self.sede_csc = csc.cariche.get(tipo="lr", al=None).pk, csc.sedi.order_by("pk").first().pk
        Ente.objects.filter(pk=csc.pk).update(
            alias=["C.S.C."], articolazione_di=Ente.objects.get(denominazione="Comune di Crema")
        )
        titolare, nuovo = Utente.objects.get_or_create(email=TITOLARE, defaults={"nome": "Tea", "cognome": "Titolari"})
        if nuovo:
            Appartenenza.objects.create(ente=iride, utente=titolare, ruolo="responsabile")
            for anno in (2024, 2025):
                fatta = iride.dichiarazioni_dimensione.create(
                    del_giorno=f"{anno}-05-02", esercizio=anno - 1, ula="48.50", fatturato="1900000", dichiarata_da=titolare
                )
                fatta.legate.create(denominazione="Sole srl", legame="associata", quota=25, ula=12, fatturato=400_000)

    def _quesiti(self) -> None:
        """A question in each state."""
        titoli = {"aperto": "Chiedere il tempo parziale per un periodo", "in_scadenza": "Un nido che apra prima delle otto"}
        titoli |= {
            "pubblicato": "Permessi per il bambino malato",
            "risposto": "Una domanda risposta",
            "ritirato": "Ci ho ripensato",
            "corretto": "Una domanda risposta male",
        }
        self.scaduto = self._chiesto("La risposta che non arriva", 60)
        chi = Utente.objects.get(email=PARTNER)
        if not Quesito.objects.filter(titolo=titoli["risposto"]).exists():
            sportello.rispondi(self._chiesto(titoli["risposto"], 30), Utente.objects.get(email=ESPERTA), "Sì, si può.")
            sportello.ritira(self._chiesto(titoli["ritirato"], 20), chi)
            corretto = sportello.rispondi(self._chiesto(titoli["corretto"], 25), Utente.objects.get(email=ESPERTA), "No.")
            sportello.pubblica(corretto.pk, corretto.risposto_da, "Si può fare?", "No.")
            motivo = "La circolare di marzo dice il contrario."
            sportello.correggi_la_risposta(corretto.pk, corretto.risposto_da, "Sì, dal primo marzo.", motivo, lette=0)
        for nome, titolo in titoli.items():
            setattr(self, f"quesito_{nome}", Quesito.objects.get(titolo=titolo).pk)

    @staticmethod
    def _chiesto(titolo: str, ore_fa: int):
        quesito, chi = Quesito.objects.filter(titolo=titolo).first(), Utente.objects.get(email=PARTNER)
        if quesito is None:
            dati = {"argomento": "altro", "titolo": titolo, "testo": "Si può <b>fare</b>?\nE come?", "pubblicabile": True}
            a_chi = Sportello.objects.get(alleanza__capofila__denominazione="Comune di Crema")
            quesito = sportello.chiedi(a_chi, chi, dati, adesso=timezone.now() - timezone.timedelta(hours=ore_fa))
        return quesito.pk

    def _sintesi(self) -> None:
        self.sintesi = SchedaSintetica.objects.get(progetto=self.carta).pk
        self.sintesi_di_altri = SchedaSintetica.objects.get(nome="Porte aperte").pk
        capofila, bozza = Utente.objects.get(email=OPERATORE), Progetto.objects.get(pk=self.bozza)
        self.documento_word = chiedi_word_di_scheda(bozza, capofila).pk

    @staticmethod
    def _avviso_doppio():
        """An open call that admits two forms."""
        avviso = Avviso.objects.filter(codice="avviso-doppio").first()
        if avviso is None:
            altro = {"titolo": "Avviso con due moduli", "atto": "Decreto 2 del 03/02/2010"}
            avviso = Avviso.objects.crea("dgr1081-2014", codice="avviso-doppio", **altro)
            avviso.moduli.create(edizione="ptc-2017")
        return avviso.pk

    @staticmethod
    def _avviso_pieno():
        """A call that states everything, of the ATS that looks at it; closed, so that nobody opens schede of it."""
        ats = Avviso.objects.exclude(ats=None).get(codice="dgr1081-2014-dimostrativo").ats
        voci = {"voci_costo": [{"codice": "A", "titolo": "Spese di personale", "genere": "personale"}]}
        voci["catalogo"] = [{"codice": "A", "titolo": "rete di imprese", "complementare": True, "da_verificare": False}]
        voci["griglia"] = [{"criterio": "Qualità della proposta", "massimo": 40}]
        soldi = {"contributo_percentuale": 70, "contributo_massimo": 50000, "cofinanziamento_minimo": 30, "beni_massimo": 15}
        altro = {"titolo": "Avviso con tutte le regole", "atto": "Decreto 1 del 02/01/2010"}
        altro |= {"ats": ats, "chiude_il": timezone.now() - timezone.timedelta(days=900), "durata_massima": 12, "iva": "netto"}
        altro["fonti"] = {"durata_massima": "Decreto 1, articolo 4, comma 2"}
        avviso = Avviso.objects.filter(codice="avviso-pieno").first()
        if avviso is None:
            avviso = Avviso.objects.crea("dgr1081-2014", codice="avviso-pieno", **voci, **soldi, **altro)
            avviso.moduli.create(edizione="ptc-2017")
        return avviso.pk

    def _welfare(self) -> None:
        """The half done scheda of the 2022 call."""
        progetto = Progetto.objects.get(titolo=wis.IN_BOZZA)
        self.welfare, self.attivita = progetto.pk, progetto.azione_righe.order_by("ordine").first().pk
        self.ente_welfare = progetto.partecipazioni.order_by("ordine")[2].pk
        self.versione_welfare = Progetto.objects.get(titolo__startswith="WIS Welfare").versioni.get().pk

    def _conferme(self) -> None:
        """One that counts, and of another soggetto one that was taken back."""
        csc, koala = (
            Partecipazione.objects.get(progetto=self.bozza, denominazione__startswith=chi) for chi in ("Comunità", "Koala")
        )
        self.conferma_csc = csc.conferme.first().pk
        if not koala.conferme.exists():
            da, motivo = Utente.objects.get(email=PARTNER), "Il consiglio deve ancora deliberare il cofinanziamento."
            ritirata = {"ritirata_il": timezone.now(), "ritirata_da": da, "motivo": motivo}
            Conferma.objects.create(partecipazione=koala, impronta="-", cifre={}, da=da, **ritirata)

    def _inviti(self) -> None:
        """A link in each of its lives: the keys are known here because nobody else's are at stake."""
        koala = Partecipazione.objects.get(progetto=self.bozza, denominazione__startswith="Koala")
        self.koala, self.ente_koala = koala.pk, koala.ente_id
        self.ente_crema = Progetto.objects.get(pk=self.bozza).capofila_id
        self.csc_presentata = Partecipazione.objects.get(progetto=self.presentato, denominazione__startswith="Comunità").pk
        self.ente_iride = Partecipazione.objects.get(pk=self.iride).ente_id
        dopo, prima = timezone.now() + timezone.timedelta(days=9), timezone.now() - timezone.timedelta(days=1)
        chi = Utente.objects.get(email=RESPONSABILE)
        for chiave, oggetto, email, scade in (
            ("invito_aperto", koala, "lia@koala.example.org", dopo),
            ("invito_con_account", koala, ESTRANEO, dopo),
            ("invito_scaduto", koala, "lia@koala.example.org", prima),
            ("invito_per_crema", Progetto.objects.get(pk=self.bozza).capofila, "nuova@comune-crema.example.org", dopo),
        ):
            dati = {"oggetto": oggetto, "email": email, "ruolo": "operatore", "mandato_da": chi, "scade_il": scade}
            if not Invito.objects.filter(impronta=collegamenti.impronta(chiave)).exists():
                Invito.objects.create(impronta=collegamenti.impronta(chiave), nome="Lia", cognome="Rossi", **dati)
        anna = Utente.objects.get_or_create(email="anna@koala.example.org", defaults={"nome": "Anna", "cognome": "Verdi"})[0]
        Incaricato.objects.get_or_create(partecipazione=koala, utente=anna, defaults={"al": dopo.date()})

    def _ptc(self) -> None:
        """The call of 2017: a scheda being filled, and the one taken from paper."""
        bozza = castellanza.bozza()
        self.ptc, self.azienda = bozza.pk, bozza.partecipazioni.get(ruolo="capofila").pk
        self.marnate = bozza.partecipazioni.get(denominazione="COMUNE DI MARNATE").pk
        carta = Versione.objects.get(progetto__titolo=castellanza.CASTELLANZA["progetto"]["titolo"])
        self.carta_ptc, self.approvato, self.alleanza_ptc = carta.pk, carta.progetto_id, carta.progetto.alleanza_id

    def _righe(self) -> list:
        return list(Progetto.objects.get(pk=self.bozza).partecipazioni.order_by("ordine").values_list("pk", flat=True))

    @staticmethod
    def _doppione(altro: Progetto):
        """A draft opened by mistake."""
        trovato = Progetto.objects.filter(titolo="Aperta per sbaglio").first()
        if trovato is None:
            trovato = apri.apri(altro.avviso, altro.capofila, altro.alleanza, Utente.objects.get(email=OPERATORE))
            Progetto.objects.filter(pk=trovato.pk).update(titolo="Aperta per sbaglio")
        return trovato.pk

    def _copia(self):
        """A scheda begun from a previous one; under another name, because schede are told by their titles here."""
        carta, chi = Progetto.objects.get(pk=self.carta), Utente.objects.get(email=OPERATORE)
        fatta = Progetto.objects.filter(titolo=COPIATA).first()
        if fatta is None:
            fatta = copia.copia(carta, Avviso.objects.get(pk=self.avviso), chi)
            Progetto.objects.filter(pk=fatta.pk).update(titolo=COPIATA)
        return fatta.pk

    def _file(self) -> None:
        """A file in each of its states; the broker is told of none of them."""
        capofila, bozza = Utente.objects.get(email=OPERATORE), Progetto.objects.get(pk=self.bozza)
        assert permessi.e_capofila(capofila, bozza)
        for stato in ("in_coda", "in_lavorazione", "pronto", "fallito"):
            file, _ = FileGenerato.objects.get_or_create(
                chiave=lavori.chiave(("prova", stato)),
                defaults={
                    "argomento": f"anteprima:{self.bozza}",
                    "nome": "anteprima.pdf",
                    "dati": {"contenuto": versioni.contenuto(bozza)},
                },
            )
            setattr(self, stato, file.pk)
        FileGenerato.objects.filter(pk=self.in_lavorazione).update(avviato_il=timezone.now())
        FileGenerato.objects.filter(pk=self.fallito).update(stato="fallito", tentativi=3)
        lavori.esegui(self.pronto, lambda: b"%PDF-1.7 prova")
        if not Messaggio.objects.exists():
            Messaggio.objects.create(destinatari=[RESPONSABILE], oggetto="Prova", testo="Buongiorno,\n\nè una prova.")


@dataclass
class Vista:
    """A page in one state. `argomenti` are names of `Dati`, or values; `dopo` is what the person does there."""

    indirizzo: str
    chi: str = ""
    argomenti: tuple = ()
    dopo: Callable[[Page, "Visitatore"], None] | None = None
    codice: int = 200
    frammento: str = ""

    def url(self, dati: Dati) -> str:
        if self.indirizzo.startswith("/"):
            return self.indirizzo
        return reverse(self.indirizzo, args=[getattr(dati, str(a), a) for a in self.argomenti]) + self.frammento


Visitatore = Callable[..., Page]


def invia(pagina: Page, bottone: str) -> None:
    """Press a button and wait for the page that answers."""
    with pagina.expect_navigation():
        pagina.get_by_role("button", name=bottone, exact=True).first.click()


def scrive(valori: dict[str, str], bottone: str) -> Callable:
    """Fill some fields, by selector, and send."""

    def fai(pagina: Page, apri: Visitatore) -> None:
        for dove, valore in valori.items():
            pagina.locator(dove).first.fill(valore)
        invia(pagina, bottone)

    return fai


def con_l_atto(valori: dict[str, str], bottone: str) -> Callable:
    """The same, where the fields of the act have first to be opened."""

    def fai(pagina: Page, apri: Visitatore) -> None:
        pagina.locator("summary", has_text="L'atto che lo decide").first.click()
        scrive(valori, bottone)(pagina, apri)

    return fai


def preme(bottone: str) -> Callable:
    return scrive({}, bottone)


def conflitto(pagina: Page, apri: Visitatore) -> None:
    """A colleague saves the same text, and the same amount, while this page is open."""
    _cambia(apri(RESPONSABILE), pagina.url, "della collega")
    pagina.locator("textarea").first.fill("Il testo mio, scritto " + timezone.now().isoformat())
    invia(pagina, "Salva")


def _cambia(altra: Page, url: str, di_chi: str) -> None:
    altra.goto(url)
    altra.locator("textarea").first.fill(f"Il testo {di_chi}, scritto " + timezone.now().isoformat())
    invia(altra, "Salva")


def ente_conteso(pagina: Page, apri: Visitatore) -> None:
    """The administrator writes the same datum of the ente that this person is changing."""
    altra, adesso = apri(AMMINISTRATORE), timezone.now().isoformat()
    altra.goto(pagina.url)
    scrive({"#id_tipologia": f"Azienda speciale {adesso}"}, "Salva")(altra, apri)
    scrive({"#id_tipologia": f"Azienda speciale consortile {adesso}"}, "Salva")(pagina, apri)


def accordo_conteso(pagina: Page, apri: Visitatore) -> None:
    """A colleague saves the same title, and a note, while this page is open."""
    altra, adesso = apri(RESPONSABILE), timezone.now().isoformat()
    altra.goto(pagina.url)
    scrive({"#id_titolo": f"Accordo della collega {adesso}", "#id_note": adesso}, "Salva")(altra, apri)
    scrive({"#id_titolo": f"Accordo mio {adesso}"}, "Salva")(pagina, apri)


def carica_cambiata(pagina: Page, apri: Visitatore) -> None:
    """Who represents a soggetto is no longer who the scheda says, while the page is looked at."""
    persona = Persona.objects.create(nome="Marta", cognome="Zaniboldi")
    attuali = Carica.objects.filter(ente__denominazione__startswith="Iride", tipo="lr", al=None)
    prima = list(attuali.values_list("pk", "persona"))
    attuali.update(persona=persona, dal="2026-03-01", atto="delibera 12")
    try:
        pagina.reload()
    finally:
        for pk, chi in prima:
            Carica.objects.filter(pk=pk).update(persona=chi, dal=None, atto="")
        persona.delete()


def storia_scritta(pagina: Page, apri: Visitatore) -> None:
    """A colleague writes a text twice; the page is that of its history."""
    sezione = pagina.url.partition("/storia/")[0] + "/sezione/III/"
    for volta in ("della collega", "ripensato"):
        _cambia(apri(RESPONSABILE), sezione, volta)
    pagina.goto(pagina.url.partition("/storia/")[0] + "/storia/III.1.1/")


def si_riporta(pagina: Page, apri: Visitatore) -> None:
    storia_scritta(pagina, apri)
    with pagina.expect_navigation():
        pagina.get_by_role("link", name="Riporta com’era in questo momento").first.click()


def non_salvata(pagina: Page, apri: Visitatore) -> None:
    """As the page is while it cannot save by itself, with somebody else in it: all that its scripts may show at once."""
    pagina.evaluate(
        """() => {
          document.querySelector("[data-esito=forte]").textContent = "Non sono riuscito a salvare: manca la connessione. " +
            "Quello che hai scritto è ancora qui; riprovo da solo tra 10 secondi.";
          document.querySelector("[data-esito=quieto]").textContent = "Modifiche non ancora salvate";
          document.querySelector("[data-presenza]").textContent = "Anche Rosa Bellani (sta scrivendo in «III. 2.3.») è " +
            "in questa pagina";
        }"""
    )


def riga_contesa(pagina: Page, apri: Visitatore) -> None:
    """A colleague changes the action that this person removes."""
    pagina.get_by_label("Elimina azione").first.check()
    _cambia(apri(RESPONSABILE), pagina.url, "della collega")
    invia(pagina, "Salva")


def mostra(modello: str, codice: int, **contesto) -> Callable:
    """A page that the server gives only on a bad day, shown at an address of the portal."""

    def fai(pagina: Page, apri: Visitatore) -> None:
        html = render_to_string(modello, contesto)
        pagina.route("**/guasto/", lambda via: via.fulfill(status=codice, content_type="text/html", body=html))
        pagina.goto("/guasto/")

    return fai


def chiusi(pagina: Page, apri: Visitatore) -> None:
    """No open call: as it is on most days of the year."""
    aperti = {a.pk: a.chiude_il for a in Avviso.objects.all()}
    Avviso.objects.update(chiude_il=timezone.now() - timezone.timedelta(days=1))
    try:
        pagina.reload()
    finally:
        for pk, chiude in aperti.items():
            Avviso.objects.filter(pk=pk).update(chiude_il=chiude)


def con_il_calendario(pagina: Page, apri: Visitatore) -> None:
    """The calendar has an address of its own."""
    if pagina.get_by_role("button", name="Crea il mio indirizzo").count():
        invia(pagina, "Crea il mio indirizzo")


def domanda_frequente(pagina: Page, apri: Visitatore) -> None:
    """What is being asked has an answer already."""
    pagina.locator("#id_sportello").select_option(index=1)
    pagina.locator("#id_argomento").select_option("congedi")
    pagina.locator("#id_titolo").fill("Figlio malato")
    pagina.locator("#id_testo").fill("Quanti giorni di congedo spettano quando un figlio piccolo è malato?")
    invia(pagina, "Invia la domanda")


def sportelli_chiusi(pagina: Page, apri: Visitatore) -> None:
    """Nobody to ask."""
    Sportello.objects.update(attivo=False)
    try:
        pagina.reload()
    finally:
        Sportello.objects.update(attivo=True)


def cifre_cambiate(chi: str) -> Callable:
    """What a partner confirmed is no longer so, while the page is looked at."""

    def fai(pagina: Page, apri: Visitatore) -> None:
        righe = Partecipazione.objects.filter(pk=getattr(Dati(), chi))
        prima = righe.get().lavoratori
        righe.update(lavoratori=99)
        try:
            pagina.reload()
        finally:
            righe.update(lavoratori=prima)

    return fai


def _intanto(pagina: Page, cambia: dict, torna: dict, bottone: str = "Salva") -> None:
    """Something happens to the draft between opening the page and sending it; then all is as before."""
    bozza = Progetto.objects.filter(titolo="Tempo per tutti")
    pagina.locator("textarea").first.fill("Un testo scritto con fatica, " + timezone.now().isoformat())
    bozza.update(**cambia)
    try:
        invia(pagina, bottone)
    finally:
        bozza.update(**torna)


def apre(titolo: str, valori: dict[str, str], bottone: str) -> Callable:
    """Open what is folded, fill some fields there and send; with no button, only look."""

    def fai(pagina: Page, apri: Visitatore) -> None:
        pagina.locator("summary", has_text=titolo).first.click()
        if bottone:
            scrive(valori, bottone)(pagina, apri)

    return fai


def presentata_intanto(pagina: Page, apri: Visitatore) -> None:
    _intanto(pagina, {"stato": "presentato"}, {"stato": "bozza"})


def _nel_frattempo(righe, cambia: dict, fai: Callable[[], None]) -> None:
    """A row is otherwise while something is done; then it is as before."""
    prima = righe.values(*cambia).get()
    righe.update(**cambia)
    try:
        fai()
    finally:
        righe.update(**prima)


def _richiesta_di(pagina: Page):
    return RichiestaAdesione.objects.filter(pk=urlsplit(pagina.url).path.split("/")[3])


def chiusa_intanto(pagina: Page, apri: Visitatore) -> None:
    """A colleague withdraws the request while this page is open."""
    sua = _richiesta_di(pagina)
    _nel_frattempo(sua, {"stato": "ritirata"}, lambda: scrive({"#id_citta": "Soncino"}, "Salva e continua")(pagina, apri))


def scritta_intanto(pagina: Page, apri: Visitatore) -> None:
    """A colleague writes the same answer while this page is open."""
    sua = _richiesta_di(pagina)
    dati = sua.get().dati | {"citta": "Offanengo"}
    _nel_frattempo(sua, {"dati": dati}, lambda: scrive({"#id_citta": "Soncino"}, "Salva e continua")(pagina, apri))


def decisa_intanto(pagina: Page, apri: Visitatore) -> None:
    """Something has happened to the request since this page was opened."""
    pagina.evaluate("document.querySelectorAll('[name=visto]').forEach((e) => { e.value = '99'; })")
    scrive({"#respingi_motivo": "Fuori dal territorio"}, "Respingi la richiesta")(pagina, apri)


def tabella_contesa(pagina: Page, apri: Visitatore) -> None:
    """A colleague writes in the same cell between the preview of a sheet and its confirmation."""
    scrive({"#id_testo": "Azione\tTitolo breve\nformazione\tcorsi"}, LEGGI)(pagina, apri)
    azione = Azione.objects.filter(progetto__titolo="Tempo per tutti", titolo__iexact="formazione")
    _nel_frattempo(azione, {"titolo_breve": "della collega"}, lambda: invia(pagina, "Conferma e scrivi"))


def modulo_tolto(pagina: Page, apri: Visitatore) -> None:
    """The form of the scheda is not installed any more."""
    prima, qui = dict(EDIZIONI), pagina.url
    pagina.goto("about:blank")  # its scripts would go on asking who else is here
    EDIZIONI.pop("dgr1081-2014")
    try:
        pagina.goto(qui)
    finally:
        EDIZIONI.clear()
        EDIZIONI.update(prima)


def gettone_vecchio(pagina: Page, apri: Visitatore) -> None:
    pagina.evaluate("document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach((e) => { e.value = 'x'.repeat(64); })")
    _intanto(pagina, {}, {})


def ripresa(pagina: Page, apri: Visitatore) -> None:
    """The session expires, the text waits, the person is in again (the log-in itself is told in the tests of the pages)."""
    (biscotto,) = [c for c in pagina.context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME]
    sessione = Session.objects.filter(pk=biscotto["value"])
    scadenza = sessione.get().expire_date
    sessione.update(expire_date=timezone.now() - timezone.timedelta(days=1))
    try:
        _intanto(pagina, {}, {})
    finally:
        sessione.update(expire_date=scadenza)
        pagina.context.add_cookies([biscotto])
    pagina.goto(parse_qs(urlsplit(pagina.url).query)["next"][0])


def senza_dire_chi_e(pagina: Page, apri: Visitatore) -> None:
    """An old scheda with a soggetto new to the portal, of which nothing is said."""
    scrive({"#id_testo": SCHEDA_2014}, "Leggi")(pagina, apri)
    invia(pagina, "Scrivi nella scheda")


def chiave_valida(pagina: Page, apri: Visitatore) -> None:
    """The link of the mail that resets a password."""
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    utente = Utente.objects.get(email=SENZA_ENTE)
    chiave = f"{user_pk_to_url_str(utente)}-{default_token_generator.make_token(utente)}"
    uidb36, _, resto = chiave.partition("-")
    pagina.goto(reverse("account_reset_password_from_key", args=[uidb36, resto]))


SEZIONE = "progetti:sezione"
RIGA = "progetti:riga"
FINE_PRIMA_DELL_INIZIO = {"[name$=durata_dal]": "2015-12", "[name$=durata_al]": "2014-01"}
COSTO = ".blocco .tabella input.importo"
AVVISO_SBAGLIATO = {
    "[name=contributo_massimo]": "50,000,00",
    "[name=chiude_il_0]": "15/07/2030",
    "[name=catalogo-dgr1081-2014-0-codice]": "A",
    "[name=fonte_durata_massima]": "art. 4",
}

# Tables as people paste them: right, wrong, of others.
LEGGI = "Leggi la tabella"
AZIONI_INCOLLATE = "Azione\tTitolo breve\tAltro\nformazione\tcorsi\t1\nsportello di ascolto\tsportello\t2\nTotale\t\t3"
QUOTE_INCOLLATE = (
    "Soggetto\tAzione\tImporto\tAtto di impegno\nKoala\tformazione\t226,145,53\t\nnessuno\tformazione\t1.000,00\tdelibera"
)
SOGGETTI_INCOLLATI = (
    "Soggetto\tSede legale: Città\tSede legale: C.a.p.\nComunità Sociale Cremasca a.s.c.\tSoncino\t26\n"
    "Iride Società Cooperativa Sociale impresa sociale\tSoncino\t26029"
)
ENTI_INCOLLATI = "Denominazione\tCodice fiscale\tSettore\nIride\t00891690190\tpubblico\nAsilo Il Girasole\t123\t"

ATTO_SBAGLIATO = {"#id_numero": "12 bis", "#id_data": "31/02/2026", "#id_importo": "5,000,00"}

VISTE = {
    # The papers to sign, and the agreements.
    "documenti da firmare": Vista("progetti:fascicolo", OPERATORE, ("bozza",)),
    "documenti da firmare: niente di preparato": Vista("progetti:fascicolo", OPERATORE, ("presentato",)),
    "documenti da firmare: del partner": Vista("progetti:fascicolo", PARTNER, ("bozza",)),
    "documento da firmare: da consegnare": Vista("progetti:carta_da_firmare", IRIDE, ("bozza", "da_consegnare")),
    "documento da firmare: consegna senza file": Vista(
        "progetti:carta_da_firmare", IRIDE, ("bozza", "da_consegnare"), dopo=preme("Consegna")
    ),
    "documento da firmare: da controllare": Vista("progetti:carta_da_firmare", OPERATORE, ("bozza", "firmata")),
    "documento da firmare: rimandato senza dire perché": Vista(
        "progetti:carta_da_firmare", OPERATORE, ("bozza", "firmata"), dopo=preme("Rimanda indietro")
    ),
    "documento da firmare: ricevuto": Vista("progetti:carta_da_firmare", PARTNER, ("bozza", "ricevuta")),
    "scansioni": Vista("progetti:fascicolo_scansioni", OPERATORE, ("bozza",)),
    "scansioni: nessuna": Vista("progetti:fascicolo_scansioni", OPERATORE, ("presentato",)),
    "scansioni: nessuna scelta": Vista(
        "progetti:fascicolo_scansioni", OPERATORE, ("bozza",), dopo=preme("Registra i documenti scelti")
    ),
    "scansioni: nessun file": Vista("progetti:fascicolo_scansioni", OPERATORE, ("bozza",), dopo=preme("Carica e leggi")),
    "atti di impegno": Vista("progetti:atti", PARTNER, ("bozza", "csc")),
    "atti di impegno: nessuno": Vista("progetti:atti", OPERATORE, ("bozza", "iride")),
    "atti di impegno con errori": Vista(
        "progetti:atti", OPERATORE, ("bozza", "iride"), dopo=scrive(ATTO_SBAGLIATO, "Aggiungi")
    ),
    "atto di impegno da correggere": Vista("progetti:atto_modifica", PARTNER, ("bozza", "csc", "atto")),
    "accordi": Vista("alleanze:accordi", OPERATORE),
    "accordi: nessuno": Vista("alleanze:accordi", ESTRANEO),
    "accordi: nessuno così": Vista("alleanze:accordi", OPERATORE, frammento="?genere=mandato"),
    "accordo": Vista("alleanze:accordo", OPERATORE, ("accordo",)),
    "accordo: senza file": Vista("alleanze:accordo", OPERATORE, ("accordo_finito",), dopo=preme("Deposita")),
    "accordo per una parte": Vista("alleanze:accordo", IRIDE, ("accordo",)),
    "accordo nuovo": Vista("alleanze:accordo_nuovo", OPERATORE),
    "accordo nuovo con errori": Vista(
        "alleanze:accordo_nuovo", OPERATORE, dopo=scrive({"#id_dal": "01/04/2026", "#id_al": "31/03/2026"}, "Salva")
    ),
    "accordo da modificare": Vista("alleanze:accordo_modifica", OPERATORE, ("accordo_finito",)),
    "accordo cambiato da due": Vista("alleanze:accordo_modifica", OPERATORE, ("accordo_finito",), dopo=accordo_conteso),
    # The frame.
    "benvenuto": Vista("scrivania"),
    "benvenuto senza avvisi": Vista("scrivania", dopo=chiusi),
    "privacy": Vista("privacy"),
    "accessibilita": Vista("accessibilita"),
    "note legali": Vista("note_legali"),
    "posta inviata": Vista("posta_demo", OPERATORE),
    "pagina che non esiste": Vista("/non-esiste/", codice=404),
    "pagina vietata": Vista("progetti:altrove", PARTNER, ("bozza",), codice=403),
    "richiesta sbagliata": Vista("privacy", dopo=mostra("400.html", 400)),
    "modulo scaduto": Vista("privacy", dopo=mostra("403_csrf.html", 403)),
    "azione senza pagina": Vista("progetti:anteprima", OPERATORE, ("bozza",), codice=405),
    "troppe richieste": Vista("privacy", dopo=mostra("429.html", 429)),
    "accesso scaduto e nessun posto": Vista(
        "privacy",
        dopo=mostra("accesso_scaduto.html", 403, testi=["Due ore di lavoro, scritte a mano."], accesso="/account/login/"),
    ),
    "errore del portale": Vista("privacy", dopo=mostra("500.html", 500)),
    # What anyone reads.
    "pubblico: alleanze": Vista("pubblico:alleanze"),
    "pubblico: alleanze senza risultati": Vista("/pubblico/alleanze/?q=Vattelapesca"),
    "pubblico: alleanza": Vista("pubblico:alleanza", "", ("alleanza",)),
    "pubblico: alleanza vista da chi la gestisce": Vista("pubblico:alleanza", OPERATORE, ("alleanza",)),
    "pubblico: alleanza con progetti": Vista("pubblico:alleanza", "", ("alleanza_ptc",)),
    "pubblico: progetti": Vista("pubblico:progetti"),
    "pubblico: progetti senza risultati": Vista("/pubblico/progetti/?anno=1999"),
    "pubblico: progetto": Vista("pubblico:progetto", "", ("approvato",)),
    "pubblico: progetti di altri": Vista("pubblico:schede"),
    "pubblico: progetto di altri": Vista("pubblico:scheda", "", ("sintesi_di_altri",)),
    "pubblico: domande frequenti": Vista("pubblico:faq"),
    "pubblico: domande frequenti cercate": Vista("/pubblico/domande/?q=congedi"),
    "pubblico: domande frequenti senza risultati": Vista("/pubblico/domande/?q=vattelapesca"),
    "pubblico: dati aperti": Vista("pubblico:dati", dopo=lambda pagina, apri: pagina.locator("details").first.click()),
    "pagina pubblica che si modifica": Vista("alleanze:modifica", OPERATORE, ("alleanza",)),
    "pagina pubblica con errori": Vista(
        "alleanze:modifica", OPERATORE, ("alleanza",), dopo=scrive({"#id_presentazione": "", "#id_email": "x"}, "Salva")
    ),
    "pagina pubblica contesa": Vista("alleanze:modifica", OPERATORE, ("alleanza",), dopo=conflitto),
    # The account.
    "accesso": Vista("account_login"),
    "accesso sbagliato": Vista(
        "account_login", dopo=scrive({"#id_login": "chi@example.org", "#id_password": "sbagliata"}, "Accedi")
    ),
    "uscita": Vista("account_logout", OPERATORE),
    "iscrizione": Vista("account_signup"),
    "account sospeso": Vista("account_inactive"),
    "di nuovo la password": Vista("account_reauthenticate", OPERATORE),
    "cambio password": Vista("account_change_password", OPERATORE),
    "cambio password con errori": Vista("account_change_password", OPERATORE, dopo=preme("Cambia password")),
    "imposta password": Vista("account_set_password", OPERATORE),
    "password dimenticata": Vista("account_reset_password"),
    "password dimenticata con errori": Vista("account_reset_password", dopo=preme("Manda il collegamento")),
    "password dimenticata, fatto": Vista("account_reset_password_done"),
    "password da un collegamento scaduto": Vista("account_reset_password_from_key", "", ("abc", "scaduta")),
    "password da un collegamento": Vista("account_reset_password_from_key", "", ("abc", "x"), dopo=chiave_valida),
    "password cambiata": Vista("account_reset_password_from_key_done"),
    # Lists.
    "scrivania del capofila": Vista("scrivania", OPERATORE),
    "scrivania del partner": Vista("scrivania", IRIDE),
    "scrivania della ats": Vista("scrivania", ATS),
    "scrivania della regione": Vista("scrivania", REGIONE),
    "scrivania di chi non ha ente": Vista("scrivania", SENZA_ENTE),
    "scrivania di chi amministra": Vista("scrivania", AMMINISTRATORE),
    "progetti": Vista("progetti:elenco", OPERATORE),
    "progetti della ats": Vista("progetti:elenco", ATS),
    "nessun progetto": Vista("progetti:elenco", SENZA_ENTE),
    "avvisi": Vista("progetti:avvisi", OPERATORE),
    "avvisi della ats": Vista("progetti:avvisi", ATS),
    "nessun avviso": Vista("progetti:avvisi", OPERATORE, dopo=chiusi),
    "un avviso": Vista("progetti:avviso", OPERATORE, ("avviso",)),
    "un avviso con le sue regole": Vista("progetti:avviso", ATS, ("avviso_pieno",)),
    "nuovo avviso": Vista("progetti:avviso_nuovo", ATS),
    "nuovo avviso della regione": Vista("progetti:avviso_nuovo", REGIONE),
    "nuovo avviso con errori": Vista("progetti:avviso_nuovo", ATS, dopo=scrive(AVVISO_SBAGLIATO, "Salva l'avviso")),
    "avviso che si modifica": Vista("progetti:avviso_modifica", ATS, ("avviso",)),
    "avviso che si modifica con i suoi elenchi": Vista("progetti:avviso_modifica", ATS, ("avviso_pieno",)),
    "avviso con altre righe": Vista(
        "progetti:avviso_modifica",
        ATS,
        ("avviso_pieno",),
        dopo=preme("Aggiungi righe a: Catalogo delle azioni, SCHEDA PROGETTO (2014)"),
    ),
    "alleanze": Vista("alleanze:elenco", OPERATORE),
    "nessuna alleanza": Vista("alleanze:elenco", SENZA_ENTE),
    "adesione: chi chiede": Vista("alleanze:aderisci", "", ("alleanza",)),
    "adesione: chi chiede, con errori": Vista(
        "alleanze:aderisci", "", ("alleanza",), dopo=scrive({"#id_codice_fiscale": "123"}, "Mandami il collegamento")
    ),
    "adesione: chi chiede e ha un ente": Vista("alleanze:aderisci", ESTRANEO, ("alleanza",)),
    "adesione: controlla la posta": Vista("alleanze:aderisci_posta", "", ("alleanza",)),
    "adesione: collegamento inventato": Vista("alleanze:adesione_chiave", "", ("inventata",), codice=404),
    "adesione: primo passo": Vista("alleanze:adesione_passo", SENZA_ENTE, ("adesione_bozza", 1)),
    "adesione: primo passo con errori": Vista(
        "alleanze:adesione_passo", SENZA_ENTE, ("adesione_bozza", 1), dopo=scrive({"#id_cap": "26"}, "Salva e continua")
    ),
    "adesione: scritta da due persone": Vista(
        "alleanze:adesione_passo", SENZA_ENTE, ("adesione_bozza", 1), dopo=scritta_intanto
    ),
    "adesione: ritirata mentre si scriveva": Vista(
        "alleanze:adesione_passo", SENZA_ENTE, ("adesione_bozza", 1), dopo=chiusa_intanto
    ),
    "adesione: cambiata mentre si decideva": Vista("alleanze:adesione", ATS, ("adesione_inviata",), dopo=decisa_intanto),
    "adesione: primo passo mentre si integra": Vista("alleanze:adesione_passo", SENZA_ENTE, ("adesione_integra", 1)),
    "adesione: ente già registrato": Vista("alleanze:adesione_passo", SENZA_ENTE, ("adesione_pronta", 1)),
    "adesione: secondo passo": Vista("alleanze:adesione_passo", SENZA_ENTE, ("adesione_pronta", 2)),
    "adesione: da inviare": Vista("alleanze:adesione_invia", SENZA_ENTE, ("adesione_pronta",)),
    "adesione: da inviare, manca molto": Vista("alleanze:adesione_invia", SENZA_ENTE, ("adesione_bozza",)),
    "adesione: non parte": Vista("alleanze:adesione_invia", SENZA_ENTE, ("adesione_bozza",), dopo=preme("Salva i documenti")),
    "adesione: bozza": Vista("alleanze:adesione", SENZA_ENTE, ("adesione_bozza",)),
    "adesione: respinta": Vista("alleanze:adesione", SENZA_ENTE, ("adesione_respinta",)),
    "adesione: ritirata": Vista("alleanze:adesione", SENZA_ENTE, ("adesione_ritirata",)),
    "adesione: da esaminare": Vista("alleanze:adesione", ATS, ("adesione_inviata",)),
    "adesione: in esame": Vista("alleanze:adesione", OPERATORE, ("adesione_in_esame",)),
    "adesione: in integrazione": Vista("alleanze:adesione", ATS, ("adesione_da_integrare",)),
    "adesione: in integrazione, per chi chiede": Vista("alleanze:adesione", SENZA_ENTE, ("adesione_integra",)),
    "adesione: la risposta da inviare": Vista("alleanze:adesione_invia", SENZA_ENTE, ("adesione_integra",)),
    "adesione: la risposta che manca": Vista(
        "alleanze:adesione_invia", SENZA_ENTE, ("adesione_integra",), dopo=preme("Invia la risposta")
    ),
    "adesione: lettera": Vista("alleanze:adesione_lettera", ATS, ("adesione_da_integrare", "lettera_di_adesione")),
    "adesione: con un atto a metà": Vista(
        "alleanze:adesione",
        ATS,
        ("adesione_inviata",),
        dopo=con_l_atto({"#accogli_atto_numero": "12"}, "Accogli la richiesta"),
    ),
    "richieste di adesione, filtro vuoto": Vista("/alleanze/adesioni/?stato=ritirata", OPERATORE),
    "adesione: respinta senza motivo": Vista(
        "alleanze:adesione", ATS, ("adesione_inviata",), dopo=preme("Respingi la richiesta")
    ),
    "adesione: documento in coda": Vista("alleanze:adesione_file", ATS, ("adesione_inviata", "carta_di_adesione")),
    "richieste di adesione": Vista("alleanze:adesioni", ATS),
    "nessuna richiesta di adesione": Vista("alleanze:adesioni", ESTRANEO),
    "recesso": Vista("alleanze:recesso", ATS, ("alleanza", "adesione_di_iride")),
    "recesso con errori": Vista("alleanze:recesso", ATS, ("alleanza", "adesione_di_iride"), dopo=preme("Registra il recesso")),
    "recesso del capofila": Vista("alleanze:recesso", ATS, ("alleanza", "adesione_del_capofila")),
    "alleanza": Vista("alleanze:dettaglio", OPERATORE, ("alleanza",)),
    "enti da una tabella": Vista("alleanze:tabella", OPERATORE, ("alleanza", "enti")),
    "enti da una tabella, anteprima": Vista(
        "alleanze:tabella", OPERATORE, ("alleanza", "enti"), dopo=scrive({"#id_testo": ENTI_INCOLLATI}, LEGGI)
    ),
    "referenti da una tabella": Vista("alleanze:tabella", ATS, ("alleanza", "referenti")),
    "cartella dell'alleanza": Vista("alleanze:cartella", OPERATORE, ("alleanza",)),
    "cartella vuota": Vista("progetti:cartella", OPERATORE, ("presentato",)),
    "cartella del progetto": Vista("progetti:cartella", OPERATORE, ("bozza",)),
    "cartella con errori": Vista("progetti:cartella", OPERATORE, ("bozza",), dopo=preme("Metti nella cartella")),
    "documento della cartella": Vista("progetti:documento", OPERATORE, ("bozza", "documento")),
    "documento di un altro": Vista("progetti:documento", PARTNER, ("bozza", "documento")),
    "documento dell'alleanza": Vista("alleanze:documento", OPERATORE, ("alleanza", "documento_dell_alleanza")),
    "file troppo grande": Vista("privacy", dopo=mostra("413.html", 413)),
    "incentivi del capofila": Vista("voucher:elenco", IRENE),
    "nessun incentivo": Vista("voucher:elenco", SENZA_ENTE),
    "misura di incentivo": Vista("voucher:misura", IRENE, ("misura",)),
    "misura vista dall'impresa": Vista("voucher:misura", IMPRESA, ("misura",)),
    "nuova misura": Vista("voucher:misura_nuova", IRENE, ("wis",)),
    "nuova misura con errori": Vista("voucher:misura_nuova", IRENE, ("wis",), dopo=preme("Salva la misura")),
    "misura che si modifica": Vista("voucher:misura_modifica", IRENE, ("misura",)),
    "richiesta di incentivo che si apre": Vista("voucher:chiedi", IMPRESA, ("altra_misura",)),
    "richiesta di incentivo in corso": Vista("voucher:richiesta", IMPRESA, ("richiesta",)),
    "richiesta di incentivo da decidere": Vista("voucher:richiesta", IRENE, ("da_decidere",)),
    "richiesta di incentivo che non si può concedere": Vista(
        "voucher:richiesta", IRENE, ("da_decidere",), dopo=scrive({"#id_importo": "9.000,00"}, "Concedi l'incentivo")
    ),
    "richiesta di incentivo che si scrive": Vista("voucher:modifica", IMPRESA, ("richiesta",)),
    "richiesta di incentivo con errori": Vista(
        "voucher:modifica", IMPRESA, ("richiesta",), dopo=scrive({"#id_aiuti-0-importo": "1"}, "Salva la richiesta")
    ),
    # Invitations, people, mandates, «agisci per».
    "invito": Vista("progetti:invito", "", ("invito_aperto",)),
    "invito con errori": Vista("progetti:invito", "", ("invito_aperto",), dopo=preme("Continua senza account")),
    "invito di chi ha un account": Vista("progetti:invito", IRENE, ("invito_aperto",)),
    "invito a chi ha un account": Vista("progetti:invito", "", ("invito_con_account",)),
    "invito per un altro account": Vista("progetti:invito", IRENE, ("invito_con_account",)),
    "invito scaduto": Vista("progetti:invito", "", ("invito_scaduto",), codice=410),
    "invito che non esiste": Vista("alleanze:invito", IRENE, ("inventata",), codice=404),
    "invito per un ente": Vista("alleanze:invito", "", ("invito_per_crema",)),
    "persone di un ente": Vista("alleanze:persone", RESPONSABILE, ("ente_crema",)),
    "persone di un ente con errori": Vista("alleanze:persone", RESPONSABILE, ("ente_crema",), dopo=preme("Manda l'invito")),
    "persone di un ente, togliere": Vista(
        "alleanze:persone", RESPONSABILE, ("ente_crema",), dopo=apre("Non agisce più", {}, "")
    ),
    "persone di un ente viste da un operatore": Vista("alleanze:persone", DORA, ("ente_iride",)),
    "persone di un ente senza nessuno": Vista("alleanze:persone", AMMINISTRATORE, ("ente_koala",)),
    "mandati": Vista("alleanze:mandati", RESPONSABILE, ("ente_crema",)),
    "mandati con errori": Vista("alleanze:mandati", RESPONSABILE, ("ente_crema",), dopo=preme("Dai il mandato")),
    "mandati dati": Vista("alleanze:mandati", IRIDE, ("ente_iride",)),
    "chi compila un soggetto": Vista("progetti:invita", OPERATORE, ("bozza", "koala")),
    "chi compila un soggetto con errori": Vista(
        "progetti:invita", OPERATORE, ("bozza", "koala"), dopo=scrive({"#id_email": "lia@"}, "Manda l'invito")
    ),
    "chi compila un soggetto, nessuno": Vista("progetti:invita", OPERATORE, ("bozza", "csc")),
    "invita tutti": Vista("progetti:invita_tutti", IRENE, ("welfare",)),
    "invita tutti, non manca nessuno": Vista("progetti:invita_tutti", OPERATORE, ("bozza",)),
    "la tua parte": Vista("progetti:tua_parte", IRIDE, ("bozza", "iride")),
    "la tua parte, presentata": Vista("progetti:tua_parte", PARTNER, ("presentato", "csc_presentata")),
    "scrivania di chi agisce per più enti": Vista("scrivania", DORA),
    "scrivania, scegliere per chi si agisce": Vista("scrivania", DORA, dopo=apre("Agisci per", {}, "")),
    "conferma con l'atto": Vista(
        "progetti:conferma",
        IRIDE,
        ("bozza", "iride"),
        dopo=apre("Hai già l'atto", {"#id_numero": "12"}, "Confermo dati e cifre"),
    ),
    # The enti.
    "enti": Vista("alleanze:enti", OPERATORE),
    "enti cercati": Vista("/alleanze/enti/?q=cooperativa", OPERATORE),
    "enti che non si trovano": Vista("/alleanze/enti/?q=zzz", OPERATORE),
    "nessun ente": Vista("alleanze:enti", SENZA_ENTE),
    "ente proprio": Vista("alleanze:ente", PARTNER, ("ente_csc",)),
    "ente di un altro": Vista("alleanze:ente", OPERATORE, ("ente_ali",)),
    "ente senza niente": Vista("alleanze:ente", ESTRANEO, ("ente_vuoto",)),
    "impresa che si è dichiarata": Vista("alleanze:ente", TITOLARE, ("ente_iride",)),
    "dati dell'ente": Vista("alleanze:ente_modifica", PARTNER, ("ente_csc",)),
    "dati dell'ente con errori": Vista(
        "alleanze:ente_modifica", PARTNER, ("ente_csc",), dopo=scrive({"#id_denominazione": "", "#id_pec": "chi"}, "Salva")
    ),
    "dati dell'ente contesi": Vista("alleanze:ente_modifica", PARTNER, ("ente_csc",), dopo=ente_conteso),
    "ente nuovo": Vista("alleanze:ente_nuovo", OPERATORE),
    "ente nuovo che c'è già": Vista(
        "alleanze:ente_nuovo",
        OPERATORE,
        dopo=scrive({"#id_denominazione": "C.S.C.", "#id_codice_fiscale": "01397660190"}, "Registra"),
    ),
    "sede nuova": Vista("alleanze:sede_nuova", PARTNER, ("ente_csc",)),
    "sede che si modifica": Vista("alleanze:sede_modifica", PARTNER, ("ente_csc", "sede_csc")),
    "sede con errori": Vista("alleanze:sede_nuova", PARTNER, ("ente_csc",), dopo=scrive({"#id_cap": "26"}, "Salva")),
    "cambio di legale rappresentante": Vista("alleanze:carica_nuova", PARTNER, ("ente_csc", "lr")),
    "cambio di legale rappresentante con errori": Vista(
        "alleanze:carica_nuova", PARTNER, ("ente_csc", "lr"), dopo=scrive({"#id_dal": "31/02/2026"}, "Registra")
    ),
    "referente nuovo": Vista("alleanze:carica_nuova", PARTNER, ("ente_csc", "referente")),
    "cessazione": Vista("alleanze:carica_cessa", PARTNER, ("ente_csc", "carica_csc")),
    "cessazione con errori": Vista(
        "alleanze:carica_cessa", PARTNER, ("ente_csc", "carica_csc"), dopo=preme("Registra la cessazione")
    ),
    "dichiarazione di dimensione": Vista("alleanze:dimensione", TITOLARE, ("ente_iride",)),
    "dichiarazione di dimensione con errori": Vista(
        "alleanze:dimensione",
        TITOLARE,
        ("ente_iride",),
        dopo=scrive({"#id_ula": "tre", "#id_legate-0-denominazione": "Sole srl"}, "Dichiara"),
    ),
    "dichiarazione di dimensione con altre righe": Vista(
        "alleanze:dimensione", TITOLARE, ("ente_iride",), dopo=preme("Aggiungi righe di imprese")
    ),
    "progetto con una carica cambiata": Vista("progetti:dettaglio", OPERATORE, ("bozza",), dopo=carica_cambiata),
    # The sportello.
    "sportello di chi chiede": Vista("sportello:elenco", PARTNER),
    "sportello di chi risponde": Vista("sportello:elenco", ESPERTA),
    "sportello del responsabile, le sue domande": Vista("/sportello/?mie=1", RESPONSABILE),
    "sportello senza domande": Vista("sportello:elenco", SENZA_ENTE),
    "sportello della ats": Vista("sportello:elenco", ATS),
    "sportello senza risultati": Vista("/sportello/?stato=ritirato&argomento=welfare", ESPERTA),
    "domanda nuova": Vista("sportello:nuova", PARTNER),
    "domanda nuova con errori": Vista("sportello:nuova", PARTNER, dopo=preme("Invia la domanda")),
    "domanda che somiglia ad altre": Vista("sportello:nuova", PARTNER, dopo=domanda_frequente),
    "domanda con lo sportello chiuso": Vista("sportello:nuova", PARTNER, dopo=sportelli_chiusi),
    "domanda aperta": Vista("sportello:quesito", PARTNER, ("quesito_aperto",)),
    "domanda da assegnare": Vista("sportello:quesito", RESPONSABILE, ("quesito_aperto",)),
    "domanda da assegnare con errori": Vista("sportello:quesito", RESPONSABILE, ("quesito_aperto",), dopo=preme("Assegna")),
    "domanda in scadenza": Vista("sportello:quesito", ESPERTA, ("quesito_in_scadenza",)),
    "domanda scaduta": Vista("sportello:quesito", ESPERTA, ("scaduto",)),
    "risposta con errori": Vista("sportello:quesito", ESPERTA, ("quesito_in_scadenza",), dopo=preme("Invia la risposta")),
    "domanda con risposta": Vista("sportello:quesito", PARTNER, ("quesito_risposto",)),
    "domanda con risposta, di chi risponde": Vista("sportello:quesito", ESPERTA, ("quesito_risposto",)),
    "domanda pubblicata": Vista("sportello:quesito", ESPERTA, ("quesito_pubblicato",)),
    "domanda con risposta corretta": Vista("sportello:quesito", PARTNER, ("quesito_corretto",)),
    "domanda con risposta corretta, di chi risponde": Vista("sportello:quesito", ESPERTA, ("quesito_corretto",)),
    "risposta da correggere": Vista("sportello:correggi", ESPERTA, ("quesito_risposto",)),
    "risposta da correggere con errori": Vista(
        "sportello:correggi", ESPERTA, ("quesito_risposto",), dopo=preme("Invia la correzione")
    ),
    "domanda ritirata": Vista("sportello:quesito", PARTNER, ("quesito_ritirato",)),
    "domanda ancora": Vista("sportello:seguito", PARTNER, ("quesito_risposto",)),
    "domanda ancora con errori": Vista("sportello:seguito", PARTNER, ("quesito_risposto",), dopo=preme("Invia la domanda")),
    "domanda da pubblicare": Vista("sportello:pubblica", ESPERTA, ("quesito_risposto",)),
    "domanda da pubblicare con un nome": Vista(
        "sportello:pubblica",
        ESPERTA,
        ("quesito_risposto",),
        dopo=scrive({"#id_faq_domanda": "Si può?", "#id_faq_risposta": "Chiama il 0373 894500"}, "Pubblica"),
    ),
    "impostazioni dello sportello": Vista("sportello:impostazioni", RESPONSABILE, ("alleanza",)),
    "impostazioni dello sportello con errori": Vista(
        "sportello:impostazioni", RESPONSABILE, ("alleanza",), dopo=scrive({"#id_ore": "9999"}, "Salva")
    ),
    "statistiche dello sportello": Vista("sportello:statistiche", ATS, ("alleanza",)),
    "statistiche con errori": Vista(
        "sportello:statistiche", ATS, ("alleanza",), dopo=scrive({"#id_dal": "ieri", "#id_al": "oggi"}, "Mostra")
    ),
    "statistiche senza domande": Vista(
        "sportello:statistiche", ATS, ("alleanza",), dopo=scrive({"#id_al": "01/01/2020"}, "Mostra")
    ),
    # A project.
    "nuova scheda": Vista("progetti:nuovo", OPERATORE, ("avviso",)),
    "nuova scheda con errori": Vista("progetti:nuovo", RESPONSABILE, ("avviso",), dopo=preme("Apri la scheda")),
    "nuova scheda fra due moduli": Vista("progetti:nuovo", OPERATORE, ("avviso_doppio",)),
    "nuova scheda senza dire il modulo": Vista("progetti:nuovo", OPERATORE, ("avviso_doppio",), dopo=preme("Apri la scheda")),
    "da un progetto precedente fra due moduli": Vista("progetti:nuovo_da", OPERATORE, ("avviso_doppio",)),
    "progetto in compilazione": Vista("progetti:dettaglio", RESPONSABILE, ("bozza",)),
    "progetto visto dal partner": Vista("progetti:dettaglio", IRIDE, ("bozza",)),
    "progetto con cifre cambiate": Vista("progetti:dettaglio", PARTNER, ("bozza",), dopo=cifre_cambiate("csc")),
    "scrivania con cifre cambiate": Vista("scrivania", PARTNER, dopo=cifre_cambiate("csc")),
    "progetto presentato": Vista("progetti:dettaglio", RESPONSABILE, ("presentato",)),
    "progetto visto dalla ats": Vista("progetti:dettaglio", ATS, ("presentato",)),
    "progetto visto dalla regione": Vista("progetti:dettaglio", REGIONE, ("presentato",)),
    "progetto da carta": Vista("progetti:dettaglio", OPERATORE, ("carta",)),
    "nuova scheda da un progetto precedente": Vista("progetti:nuovo_da", OPERATORE, ("avviso",)),
    "nuova scheda senza progetti precedenti": Vista("progetti:nuovo_da", ESTRANEO, ("avviso",)),
    "scheda copiata": Vista("progetti:copiato", OPERATORE, ("copia",)),
    "da rivedere": Vista("progetti:da_rivedere", OPERATORE, ("copia",)),
    "nulla da rivedere": Vista("progetti:da_rivedere", OPERATORE, ("presentato",)),
    "da una vecchia scheda": Vista("progetti:carta", OPERATORE, ("bozza",)),
    "da una vecchia scheda con errori": Vista("progetti:carta", OPERATORE, ("bozza",), dopo=preme("Leggi")),
    "vecchia scheda letta": Vista("progetti:carta", OPERATORE, ("bozza",), dopo=scrive({"#id_testo": SCHEDA_2014}, "Leggi")),
    "vecchia scheda letta con errori": Vista("progetti:carta", OPERATORE, ("bozza",), dopo=senza_dire_chi_e),
    "soggetti": Vista("progetti:soggetti", OPERATORE, ("bozza",)),
    "soggetti da un elenco": Vista("progetti:soggetti_elenco", OPERATORE, ("bozza",)),
    "soggetti da un elenco, anteprima": Vista(
        "progetti:soggetti_elenco", OPERATORE, ("bozza",), dopo=scrive({"#id_testo": ENTI_INCOLLATI}, LEGGI)
    ),
    "tabella da caricare": Vista("progetti:tabella", OPERATORE, ("bozza", "IV.1.2")),
    "tabella da caricare con errori": Vista("progetti:tabella", OPERATORE, ("bozza", "IV.1.2"), dopo=preme(LEGGI)),
    "anteprima di una tabella": Vista(
        "progetti:tabella", OPERATORE, ("bozza", "azioni"), dopo=scrive({"#id_testo": AZIONI_INCOLLATE}, LEGGI)
    ),
    "anteprima di una tabella con errori": Vista(
        "progetti:tabella", OPERATORE, ("bozza", "cofinanziamenti"), dopo=scrive({"#id_testo": QUOTE_INCOLLATE}, LEGGI)
    ),
    "anteprima di una tabella senza intestazioni": Vista(
        "progetti:tabella", OPERATORE, ("bozza", "IV.1.2"), dopo=scrive({"#id_testo": "xx\tyy\nzz\tww"}, LEGGI)
    ),
    "anteprima di una tabella del partner": Vista(
        "progetti:tabella", PARTNER, ("bozza", "II.B"), dopo=scrive({"#id_testo": SOGGETTI_INCOLLATI}, LEGGI)
    ),
    "tabella contesa": Vista("progetti:tabella", OPERATORE, ("bozza", "azioni"), dopo=tabella_contesa),
    "soggetti con errori": Vista("progetti:soggetti", OPERATORE, ("bozza",), dopo=preme("Aggiungi")),
    "soggetti con un codice sbagliato": Vista(
        "progetti:soggetti", OPERATORE, ("bozza",), dopo=scrive({"#id_codice_fiscale": "1234"}, "Aggiungi")
    ),
    # The scheda.
    "sezione I": Vista(SEZIONE, OPERATORE, ("bozza", "I")),
    "sezione I con errori": Vista(SEZIONE, OPERATORE, ("bozza", "I"), dopo=scrive(FINE_PRIMA_DELL_INIZIO, "Salva")),
    "sezione II": Vista(SEZIONE, OPERATORE, ("bozza", "II")),
    "sezione III": Vista(SEZIONE, OPERATORE, ("bozza", "III")),
    "sezione IV": Vista(SEZIONE, OPERATORE, ("bozza", "IV")),
    "sezione che non riesce a salvarsi": Vista(SEZIONE, OPERATORE, ("bozza", "III"), dopo=non_salvata),
    "storia di un testo": Vista("progetti:storia", OPERATORE, ("bozza", "III.1.1"), dopo=storia_scritta),
    "storia di una tabella": Vista("progetti:storia", OPERATORE, ("bozza", "cofinanziamenti")),
    "storia di un soggetto": Vista("progetti:storia_riga", PARTNER, ("bozza", "II.B", "iride")),
    "ancora nessuna storia": Vista("progetti:storia", OPERATORE, ("bozza", "III.3")),
    "un testo da riportare": Vista("progetti:ripristina", OPERATORE, ("bozza", "III.1.1"), dopo=si_riporta, codice=404),
    "sezione IV con errori": Vista(SEZIONE, OPERATORE, ("bozza", "IV"), dopo=scrive({COSTO: "diecimila"}, "Salva")),
    "sezione I vista dal partner": Vista(SEZIONE, IRIDE, ("bozza", "I")),
    "sezione II vista dal partner": Vista(SEZIONE, IRIDE, ("bozza", "II")),
    "sezione III vista dal partner": Vista(SEZIONE, IRIDE, ("bozza", "III")),
    "sezione IV vista dal partner": Vista(SEZIONE, IRIDE, ("bozza", "IV")),
    "sezione IV presentata": Vista(SEZIONE, OPERATORE, ("presentato", "IV")),
    "sezione III presentata": Vista(SEZIONE, OPERATORE, ("presentato", "III")),
    "dati del capofila": Vista(RIGA, OPERATORE, ("bozza", "II.A", "capofila")),
    "dati del partner": Vista(RIGA, IRIDE, ("bozza", "II.B", "iride")),
    "dati del partner per conto": Vista(RIGA, OPERATORE, ("bozza", "II.B", "csc")),
    "dati del partner con errori": Vista(
        RIGA,
        IRIDE,
        ("bozza", "II.B", "iride"),
        dopo=scrive({"[name$=partita_iva]": "123", "[name$=lr_codice_fiscale]": "RSSMRA", "[name$=legale_cap]": "26"}, "Salva"),
    ),
    "dati di un altro visti dal partner": Vista(RIGA, IRIDE, ("bozza", "II.B", "csc")),
    "attivita del partner": Vista(RIGA, IRIDE, ("bozza", "III.1.3-soggetti", "iride")),
    "presentata mentre si scriveva": Vista(SEZIONE, OPERATORE, ("bozza", "III"), dopo=presentata_intanto),
    "gettone vecchio mentre si scriveva": Vista(SEZIONE, OPERATORE, ("bozza", "III"), dopo=gettone_vecchio),
    "ripresa dopo l'accesso": Vista(SEZIONE, OPERATORE, ("bozza", "III"), dopo=ripresa),
    "conflitto": Vista(SEZIONE, OPERATORE, ("bozza", "III"), dopo=conflitto),
    "conflitto su una riga": Vista(SEZIONE, OPERATORE, ("bozza", "IV"), dopo=riga_contesa),
    "modulo non installato": Vista(SEZIONE, OPERATORE, ("bozza", "I"), dopo=modulo_tolto),
    "progetto senza il suo modulo": Vista("progetti:dettaglio", OPERATORE, ("presentato",), dopo=modulo_tolto),
    "elimina": Vista("progetti:elimina", OPERATORE, ("doppione",)),
    "non si elimina": Vista("progetti:elimina", OPERATORE, ("bozza",)),
    # What is to do, who owes what, the bell, the draft on loan.
    "cosa devo fare": Vista("da_fare", OPERATORE),
    "cosa devo fare per un ente": Vista("/da-fare/?ente=Comune+di+Crema", OPERATORE),
    "cosa devo fare, in ritardo": Vista("da_fare", OPERATORE, dopo=chiusi),
    "cosa devo fare del partner": Vista("da_fare", IRIDE),
    "niente da fare": Vista("da_fare", SENZA_ENTE),
    "notifiche": Vista("notifiche:elenco", IRIDE),
    "notifiche, nessuna": Vista("notifiche:elenco", SENZA_ENTE),
    "come ricevere le notifiche": Vista("notifiche:preferenze", PARTNER),
    "come ricevere le notifiche, con il calendario": Vista("notifiche:preferenze", RESPONSABILE, dopo=con_il_calendario),
    "chi deve cosa": Vista("progetti:tabellone", OPERATORE, ("bozza",)),
    "chi deve cosa visto dal partner": Vista("progetti:tabellone", IRIDE, ("bozza",)),
    "chi deve cosa, 2022": Vista("progetti:tabellone", IRENE, ("welfare",)),
    "sollecita": Vista("progetti:sollecita", OPERATORE, ("bozza",)),
    "sollecita con errori": Vista(
        "progetti:sollecita", OPERATORE, ("bozza",), dopo=scrive({"#id_testo": ""}, "Manda il sollecito")
    ),
    "sollecita, nessuno in ritardo": Vista("progetti:sollecita", OPERATORE, ("doppione",)),
    "prestito della bozza": Vista("progetti:prestito", OPERATORE, ("prestata",)),
    "prestito da fare": Vista("progetti:prestito", OPERATORE, ("bozza",)),
    "bozza in prestito vista dalla ats": Vista("progetti:dettaglio", ATS, ("prestata",)),
    "sezione IV in prestito": Vista(SEZIONE, ATS, ("prestata", "IV")),
    "verifica in prestito": Vista("progetti:verifica", ATS, ("prestata",)),
    "chi deve cosa in prestito": Vista("progetti:tabellone", ATS, ("prestata",)),
    # The scheda of 2022.
    "2022, parte A": Vista(SEZIONE, IRENE, ("welfare", "A")),
    "2022, parte B": Vista(SEZIONE, IRENE, ("welfare", "B")),
    "2022, parte B con errori": Vista(
        SEZIONE, IRENE, ("welfare", "B"), dopo=scrive({"[name*=azioni][name$=codice]": "Azione 1"}, "Salva")
    ),
    "2022, parte C": Vista(SEZIONE, IRENE, ("welfare", "C")),
    "2022, parte C con errori": Vista(SEZIONE, IRENE, ("welfare", "C"), dopo=scrive({COSTO: "trentamila"}, "Salva")),
    "2022, scheda di attivita": Vista(RIGA, IRENE, ("welfare", "schede", "attivita")),
    "2022, ente partner": Vista(RIGA, IRENE, ("welfare", "enti", "ente_welfare")),
    "2022, versione da carta": Vista("progetti:versione", IRENE, ("versione_welfare",)),
    # The scheda of 2017: cells that the parts of an action share, tables in one page, money by ente.
    "2017: il progetto": Vista(SEZIONE, ESTRANEO, ("ptc", "progetto")),
    "2017: il contesto": Vista(SEZIONE, ESTRANEO, ("ptc", "contesto")),
    "2017: le azioni": Vista(SEZIONE, ESTRANEO, ("ptc", "azioni")),
    "2017: le risorse": Vista(SEZIONE, ESTRANEO, ("ptc", "risorse")),
    "2017: le risorse con errori": Vista(SEZIONE, ESTRANEO, ("ptc", "risorse"), dopo=scrive({COSTO: "diecimila"}, "Salva")),
    "2017: un ente": Vista(RIGA, ESTRANEO, ("ptc", "enti", "azienda")),
    "2017: la conferma di un ente": Vista("progetti:conferma", ESTRANEO, ("ptc", "marnate")),
    "2017: la versione da carta": Vista("progetti:versione", ESTRANEO, ("carta_ptc",)),
    # Confirming, filing.
    "conferma del partner": Vista("progetti:conferma", IRIDE, ("bozza", "iride")),
    "conferma da rifare": Vista("progetti:conferma", PARTNER, ("bozza", "csc"), dopo=cifre_cambiate("csc")),
    "conferma gia data": Vista("progetti:conferma", PARTNER, ("bozza", "csc")),
    "conferma ritirata": Vista("progetti:conferma", OPERATORE, ("bozza", "koala")),
    "conferma da ritirare": Vista("progetti:conferma_ritira", PARTNER, ("bozza", "csc", "conferma_csc")),
    "conferma da ritirare con errori": Vista(
        "progetti:conferma_ritira", PARTNER, ("bozza", "csc", "conferma_csc"), dopo=preme("Ritira la conferma")
    ),
    "conferma per conto": Vista("progetti:conferma", OPERATORE, ("bozza", "iride")),
    "conferma per conto con errori": Vista(
        "progetti:conferma", OPERATORE, ("bozza", "iride"), dopo=preme("Registra la conferma")
    ),
    "contributo obiettivo": Vista("progetti:obiettivo", OPERATORE, ("bozza",)),
    "contributo obiettivo con errori": Vista(
        "progetti:obiettivo", OPERATORE, ("bozza",), dopo=scrive({"[name=contributo_obiettivo]": "1,2,3"}, "Salva")
    ),
    "verifica": Vista("progetti:verifica", RESPONSABILE, ("bozza",)),
    "verifica di una presentata": Vista("progetti:verifica", RESPONSABILE, ("presentato",)),
    "presentata altrove": Vista("progetti:altrove", RESPONSABILE, ("bozza",)),
    "presentata altrove con errori": Vista(
        "progetti:altrove", RESPONSABILE, ("bozza",), dopo=preme("Registra la presentazione")
    ),
    "versione": Vista("progetti:versione", ATS, ("versione",)),
    "versione vista dalla regione": Vista("progetti:versione", REGIONE, ("versione",)),
    "versione da carta": Vista("progetti:versione", ATS, ("versione_carta",)),
    "ricevuta": Vista("progetti:ricevuta", RESPONSABILE, ("versione",)),
    "file in coda": Vista("progetti:file", OPERATORE, ("in_coda",)),
    "file in lavorazione": Vista("progetti:file", OPERATORE, ("in_lavorazione",)),
    "file pronto": Vista("progetti:file", OPERATORE, ("pronto",)),
    "file fallito": Vista("progetti:file", OPERATORE, ("fallito",)),
    "documento Word in coda": Vista("progetti:file", OPERATORE, ("documento_word",)),
    # Schede sintetiche.
    "schede sintetiche": Vista("progetti:sintesi_elenco", OPERATORE),
    "schede sintetiche con errori": Vista(
        "progetti:sintesi_elenco", OPERATORE, dopo=scrive({"#id_titolo": ""}, "Opuscolo delle schede spuntate")
    ),
    "schede sintetiche senza risultati": Vista("/progetti/sintesi/?anno=1999", OPERATORE),
    "scheda sintetica nuova": Vista("progetti:sintesi_nuova", ATS),
    "scheda sintetica nuova con errori": Vista("progetti:sintesi_nuova", ATS, dopo=preme("Continua")),
    "scheda sintetica di un progetto": Vista("progetti:sintesi_del_progetto", OPERATORE, ("bozza",)),
    "scheda sintetica che non c'è": Vista("progetti:sintesi_del_progetto", IRIDE, ("bozza",)),
    "scheda sintetica": Vista("progetti:sintesi", OPERATORE, ("sintesi",)),
    "scheda sintetica di altri": Vista("progetti:sintesi", ESTRANEO, ("sintesi_di_altri",)),
    "scheda sintetica da scrivere": Vista("progetti:sintesi_modifica", OPERATORE, ("sintesi",)),
    "scheda sintetica di altri da scrivere": Vista("progetti:sintesi_modifica", PARTNER, ("sintesi_di_altri",)),
    "scheda sintetica con errori": Vista(
        "progetti:sintesi_modifica",
        OPERATORE,
        ("sintesi",),
        dopo=scrive({"#id_contributo": "226,145,53", "#id_durata_dal": "maggio"}, "Salva"),
    ),
    "scheda sintetica contesa": Vista("progetti:sintesi_modifica", OPERATORE, ("sintesi",), dopo=conflitto),
}

SENZA_PAGINA = {
    "progetti:presenza",
    "progetti:salvataggio",
    "progetti:salvataggio_riga",
    "alleanze:adesione_ritira",
    "alleanze:adesione_esamina",
    "alleanze:adesione_integrazione",
    "alleanze:adesione_riprendi",
    "alleanze:adesione_lettera_pdf",
    "alleanze:adesione_atto",
    "alleanze:adesione_accogli",
    "alleanze:adesione_respingi",
    "alleanze:adesione_originale",
    "alleanze:adesione_pdf",
    "alleanze:adesione_scarica",
    "alleanze:adesione_riprova",
    "alleanze:adesione_firmato",
    "progetti:fascicolo_prepara",
    "progetti:fascicolo_invia",
    "progetti:fascicolo_intero",
    "progetti:fascicolo_registra",
    "progetti:scansione_elimina",
    "progetti:scansione_pezzo",
    "progetti:carta_pdf",
    "progetti:carta_firmata",
    "progetti:carta_ricevi",
    "progetti:carta_rimanda",
    "progetti:carta_rifai",
    "progetti:atto_togli",
    "alleanze:accordo_file",
    "da_fare_scarica",  # a calendar
    "calendario",
    "notifiche:apri",
    "notifiche:tutte_lette",
    "notifiche:calendario",
    "progetti:riprendi",
    "alleanze:agisci_per",
    "alleanze:invito_nuovo",
    "alleanze:invito_revoca",
    "alleanze:invito_rimanda",
    "alleanze:appartenenza_fine",
    "alleanze:appartenenza_ruolo",
    "alleanze:mandato_ritira",
    "progetti:invito_nuovo",
    "progetti:invito_revoca",
    "progetti:invito_rimanda",
    "progetti:incaricato_togli",
    "voucher:avvia",
    "voucher:presenta",
    "voucher:ritira",
    "voucher:concedi",
    "voucher:respingi",
    "alleanze:documento_scarica",
    "alleanze:documento_togli",
    "progetti:documento_scarica",
    "progetti:documento_togli",
    "alleanze:sede_elimina",
    "progetti:bilancio",
    "progetti:scheda_word",
    "progetti:versione_word",
    "progetti:sintesi_pdf",
    "progetti:sintesi_elimina",
    "progetti:copia",
    "progetti:visto",
    "progetti:carta_conferma",
    "progetti:tabella_scarica",
    "progetti:tabella_conferma",
    "progetti:soggetti_elenco_scarica",
    "progetti:soggetti_elenco_conferma",
    "alleanze:tabella_scarica",
    "alleanze:tabella_conferma",
    "salute",  # JSON
    "sportello:ritira",
    "sportello:assegna",
    "sportello:prendi",
    "sportello:rispondi",
    "sportello:ritira_pubblicazione",
    "sportello:statistiche_csv",
    "pubblico:schema",
    "pubblico:catalogo",
    "pubblico:scarica",
    "progetti:togli_soggetto",
    "progetti:aggiungi_tutti",
    "progetti:soggetto_su",
    "progetti:soggetto_giu",
    "progetti:presenta",
    "progetti:riapri",
    "progetti:pdf",
    "progetti:riprova",
    "progetti:scarica",
    "progetti:ricevuta_file",
    "progetti:conferma_documento",
}
"""Addresses that answer with a redirection, a file or JSON."""


def nomi_degli_indirizzi() -> set[str]:
    """The names of all the addresses of the portal, the admin apart."""
    return {nome for nome in _nomi(get_resolver()) if not nome.startswith("admin:")}


def _nomi(risolutore, spazio: str = ""):
    for voce in risolutore.url_patterns:
        if hasattr(voce, "url_patterns"):
            yield from _nomi(voce, f"{spazio}{voce.namespace}:" if voce.namespace else spazio)
        elif voce.name:
            yield spazio + voce.name

"""Who asks to join the alliance of Crema, all invented: a cooperative, already looked at; a firm that has just asked; an
association that has to say more."""

from django.contrib.auth.models import AnonymousUser

from alleanze.adesioni import richieste, transizioni
from alleanze.models import Alleanza, RichiestaAdesione

from ..models import Utente

COOPERATIVA = {
    "denominazione": "Il Filo Cooperativa Sociale",
    "tipologia": "Cooperativa sociale",
    "settore": "privato",
    "codice_fiscale": "01234560199",
    "partita_iva": "01234560199",
    "indirizzo": "Via dei Tigli 4",
    "cap": "26013",
    "citta": "Crema",
    "provincia": "CR",
    "telefono": "0373 000111",
    "pec": "ilfilo@pec.example.org",
    "lr_nome": "Nora",
    "lr_cognome": "Zanotti",
    "lr_carica": "lr",
}
IMPRESA = COOPERATIVA | {
    "denominazione": "Officine Serio S.r.l.",
    "tipologia": "Micro, piccola o media impresa",
    "codice_fiscale": "09876540197",
    "partita_iva": "",
    "indirizzo": "Via dell'Industria 12",
    "pec": "officineserio@pec.example.org",
    "lr_nome": "Elio",
    "lr_cognome": "Marazzi",
}
PORTA = {
    "referente": "Dina Fusari",
    "referente_telefono": "0373 000112",
    "referente_email": "dina.fusari@example.org",
    "attivita": "Un servizio di dopo scuola aperto fino alle 19 e nei giorni di chiusura delle scuole.",
    "risorse": "Due educatrici, una sala in via dei Tigli e il pulmino della cooperativa.",
    "beneficiari": "Le famiglie con figli da 6 a 11 anni di chi lavora nelle imprese del territorio.",
    "motivazione": "Vogliamo offrire alle imprese della rete un servizio che oggi le famiglie cercano da sole.",
}
OFFRE = PORTA | {
    "referente": "Elio Marazzi",
    "referente_email": "elio.marazzi@example.org",
    "attivita": "Orari di entrata flessibili e una banca delle ore per le nostre 28 persone.",
    "risorse": "L'ufficio del personale, per due ore alla settimana.",
    "beneficiari": "Lavoratrici e lavoratori dell'officina.",
    "motivazione": "Vogliamo sperimentare misure di conciliazione insieme ad altre imprese.",
}

ASSOCIAZIONE = COOPERATIVA | {
    "denominazione": "Tempo Amico APS",
    "tipologia": "Associazione di promozione sociale",
    "codice_fiscale": "",
    "partita_iva": "",
    "indirizzo": "Piazza Trento 2",
    "pec": "tempoamico@pec.example.org",
    "lr_nome": "Ines",
    "lr_cognome": "Bolzoni",
}
AIUTA = PORTA | {
    "referente": "Ines Bolzoni",
    "referente_email": "ines.bolzoni@example.org",
    "attivita": "Una banca del tempo fra le famiglie del quartiere.",
    "risorse": "Quindici volontari.",
}
CHIESTO = """- il codice fiscale dell'associazione, che nella richiesta manca;
- in quali giorni e orari è aperta la banca del tempo."""


def carica(alleanza: Alleanza) -> None:
    esaminata = _chiede(alleanza, COOPERATIVA, PORTA, nome="Dina", cognome="Fusari", ruolo="effettivo")
    istruttore = Utente.objects.get(email="istruttore@ats-valpadana.example.org")
    transizioni.prendi_in_esame(esaminata.pk, istruttore)
    incompleta = _chiede(alleanza, ASSOCIAZIONE, AIUTA, nome="Ines", cognome="Bolzoni", ruolo="sostenitore")
    transizioni.prendi_in_esame(incompleta.pk, istruttore)
    transizioni.chiedi_integrazione(incompleta.pk, istruttore, testo=CHIESTO, giorni=15)
    _chiede(alleanza, IMPRESA, OFFRE, nome="Elio", cognome="Marazzi", ruolo="aderente")


def _chiede(alleanza: Alleanza, dati: dict, risposte: dict, *, nome: str, cognome: str, ruolo: str) -> RichiestaAdesione:
    chi = {"nome": nome, "cognome": cognome, "email": risposte["referente_email"], "ruolo": ruolo}
    codice = {campo: dati[campo] for campo in ("denominazione", "codice_fiscale")}
    richiesta, _ = richieste.apri(alleanza, **chi, **codice)
    richiesta.dati, richiesta.risposte = dati, risposte
    richiesta.save()
    return transizioni.invia(richiesta.pk, AnonymousUser(), (richiesta.impronta,))

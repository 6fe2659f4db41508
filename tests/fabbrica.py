"""What a test needs when it is not about the demo: an ente, a person, an alleanza, an avviso, a project.

Plain functions; what is not said has a value that disturbs nobody. A change of the demo changes nothing here.
"""

from collections.abc import Iterable
from itertools import count

import pgtrigger

from alleanze.models import Adesione, Alleanza, Appartenenza, Carica, Ente, Persona
from conciliazione.models import Lettera, Messaggio, Utente
from progetti.models import Avviso, Progetto
from progetti.nuovo import apri
from progetti.soggetti import aggiungi

_numeri = count(1)


def ente(denominazione: str = "", **valori) -> Ente:
    """A private body that nothing else is known of."""
    return Ente.objects.create(**{"denominazione": denominazione or f"Ente {next(_numeri)}", "settore": "privato"} | valori)


def enti(quanti: int, prefisso: str = "Ente", **valori) -> list[Ente]:
    """Many of them, in one question to the database."""
    nuovi = [Ente(denominazione=f"{prefisso} {n}", **{"settore": "privato"} | valori) for n in range(quanti)]
    return Ente.objects.bulk_create(nuovi)


def utente(nome: str = "Prova", cognome: str = "", **valori) -> Utente:
    """Somebody with an account and no incarico; no password, as a test enters by `entra`."""
    numero = next(_numeri)
    valori = {"email": f"persona{numero}@prova.example.org", "cognome": cognome or f"N{numero}"} | valori
    return Utente.objects.create_user(valori.pop("email"), nome=nome, **valori)


def incaricato(di: Ente, ruolo: str = Appartenenza.Ruolo.OPERATORE, **valori) -> Utente:
    """Somebody with an account who acts for that ente."""
    chi = utente(**valori)
    Appartenenza.objects.create(utente=chi, ente=di, ruolo=ruolo)
    return chi


def persona(nome: str = "Ada", cognome: str = "", **valori) -> Persona:
    return Persona.objects.create(nome=nome, cognome=cognome or f"Prova {next(_numeri)}", **valori)


def carica(di: Ente, tipo: str = "lr", **valori) -> Carica:
    """A person, new unless it is said which, with a carica in that ente."""
    chi = valori.pop("persona", None) or persona()
    return Carica.objects.create(ente=di, persona=chi, tipo=tipo, **valori)


def alleanza(nome: str = "", membri: Iterable[Ente] = (), **valori) -> Alleanza:
    """With its ATS and its capofila, and those members."""
    valori = {"ats": None, "capofila": None} | valori
    valori["ats"] = valori["ats"] or ente(genere=Ente.Genere.ATS, settore="pubblico")
    valori["capofila"] = valori["capofila"] or ente(settore="pubblico")
    nuova = Alleanza.objects.create(nome=nome or f"Alleanza {next(_numeri)}", **valori)
    Adesione.objects.bulk_create(Adesione(alleanza=nuova, ente=membro) for membro in membri)
    return nuova


def avviso(edizione: str = "dgr1081-2014", **valori) -> Avviso:
    """An avviso of that edition of the form, always open."""
    numero = next(_numeri)
    return Avviso.objects.crea(edizione, **{"codice": f"prova-{numero}", "titolo": f"Avviso {numero}", "atto": "Atto"} | valori)


def progetto(capofila: Ente | None = None, soggetti: Iterable[Ente] = (), **valori) -> Progetto:
    """A draft just opened, with those soggetti beside its capofila. Others of its columns: `titolo="…"`."""
    bando = valori.pop("avviso", None) or avviso()
    nuovo = apri.apri(bando, capofila or ente(settore="pubblico"), valori.pop("alleanza", None))
    for soggetto in soggetti:
        aggiungi.aggiungi_soggetto(nuovo, soggetto)
    for campo, valore in valori.items():
        setattr(nuovo, campo, valore)
    nuovo.save()
    return nuovo


def svuota_la_posta() -> None:
    """No mail at all: not even that of the letters of the demo, which a trigger keeps."""
    with pgtrigger.ignore("conciliazione.Lettera:lettera_non_si_tocca"):
        Lettera.objects.all().delete()
    Messaggio.objects.all().delete()

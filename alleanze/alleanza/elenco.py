"""The lists of an alleanza as sheets: its enti (`enti.elenco`) and, here, whom to call in each of them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from conciliazione.fogli.anteprima import Anteprima
from conciliazione.fogli.matrice import Matrice
from conciliazione.fogli.tavola import RigaNota, Tavola, colonna_id, colonne_dei_campi, nomi_di
from conciliazione.italiano.parole import per_nome
from conciliazione.schede import campi
from conciliazione.schede.edizione import Scheda
from conciliazione.schede.tipi import Valori, vuoto

from .. import permessi
from ..enti.elenco import da_prendere, prova_enti, prova_modello, salva, scrivi_enti, tavola_enti, testo
from ..models import Adesione, Alleanza, Carica, Ente, Persona

DELLA_PERSONA = {"cognome": "cognome", "nome": "nome", "telefono": "telefono", "email": "email"}
CHIESTI = {"ente": "Indica di quale ente.", "cognome": "Manca il cognome.", "nome": "Manca il nome."}


class RigaReferente(Scheda):
    ente = campi.SceltaRiga("Ente", fonte="enti", colonna="denominazione")
    cognome = campi.Riga("Cognome", max_length=80, mai_vuota=True)
    nome = campi.Riga("Nome", max_length=80)
    telefono = campi.Telefono("Telefono")
    email = campi.Posta("E-mail")
    settore_ufficio = campi.Riga("Settore o ufficio", max_length=120)


def tavola_referenti(alleanza: Alleanza, utente, matrice: Matrice | None = None) -> Tavola:
    """Return whom to call, in each member of today."""
    enti = list(Ente.objects.filter(adesioni__in=alleanza.adesioni.filter(Adesione.in_corso())).per_elenco())
    form = RigaReferente()
    form.fields["ente"].choices = [("", "—"), *((str(e.pk), str(e)) for e in enti)]
    nomi = {str(e.pk): nomi_di({"denominazione": e.denominazione, "codice_fiscale": e.codice_fiscale}, *e.alias) for e in enti}
    oggi = timezone.localdate()
    cariche = Carica.objects.filter(Q(al=None) | Q(al__gte=oggi), ente__in=enti, tipo=Carica.Tipo.REFERENTE)
    cariche = cariche.select_related("persona", "ente").order_by(per_nome("ente__denominazione"), "pk")
    righe = [_nota_referente(c, utente) for c in cariche]
    colonne = [*colonne_dei_campi(form.fields), colonna_id()]
    return Tavola(f"Referenti di {alleanza}", colonne, righe, aggiunge=True, nomi=nomi, chieste=tuple(CHIESTI))


def _nota_referente(carica: Carica, utente) -> RigaNota:
    valori = {c: testo(getattr(carica.persona, a)) for c, a in DELLA_PERSONA.items()}
    valori |= {"ente": str(carica.ente_id), "settore_ufficio": testo(carica.settore_ufficio)}
    miei = permessi.agisce_per(utente, carica.ente_id, *permessi.PREPARANO) or utente.is_superuser
    fissi = {"ente"} | (set() if miei else {*DELLA_PERSONA, "settore_ufficio"})
    return RigaNota(str(carica.pk), f"{carica.persona} ({carica.ente})", valori, fissi=frozenset(fissi))


def prova_referenti(alleanza: Alleanza, anteprima: Anteprima) -> None:
    for riga in da_prendere(anteprima):
        valori = (riga.nota.valori if riga.nota else {}) | riga.letti
        for campo, messaggio in CHIESTI.items():
            if vuoto(valori.get(campo)):
                riga.segna(campo, messaggio)
        persona = Persona(**{a: valori.get(c) or "" for c, a in DELLA_PERSONA.items()})
        prova_modello(riga, persona, {a: c for c, a in DELLA_PERSONA.items()})


@transaction.atomic
def scrivi_referenti(alleanza: Alleanza, anteprima: Anteprima) -> int:
    prese = da_prendere(anteprima)
    for riga in prese:
        valori = riga.letti
        carica = Carica.objects.select_related("persona").get(pk=riga.nota.id) if riga.nota else _carica_nuova(valori)
        persona = carica.persona
        # Of a person that is there already, who did not see its data in the preview changes none of them.
        suoi = [c for c in DELLA_PERSONA if c in valori and (riga.nota or not getattr(persona, DELLA_PERSONA[c]))]
        salva(persona, {DELLA_PERSONA[c]: valori[c] or "" for c in suoi})
        salva(carica, {"persona": persona, "settore_ufficio": valori.get("settore_ufficio", carica.settore_ufficio) or ""})
    return len(prese)


def _carica_nuova(valori: Valori) -> Carica:
    """Write a carica of a person that the ente has already in another one, or of a new person; sent twice, it is the same."""
    ente = Ente.objects.get(pk=valori["ente"])
    noti = {f"{c}__iexact": valori[c] for c in ("cognome", "nome")}
    persona = Persona.objects.filter(cariche__ente=ente, **noti).order_by("pk").first() or Persona()
    sue = Carica.objects.filter(ente=ente, persona=persona.pk, tipo=Carica.Tipo.REFERENTE, al=None)
    gia = sue.select_related("persona").first() if persona.pk else None
    return gia or Carica(ente=ente, persona=persona, tipo=Carica.Tipo.REFERENTE)


@dataclass(frozen=True)
class Genere:
    """One of the tables of an alleanza."""

    titolo: str
    tavola: Callable[..., Tavola]
    prova: Callable[[Alleanza, Anteprima], None]
    scrivi: Callable[[Alleanza, Anteprima], int]


TABELLE = {
    "enti": Genere("Enti dell'alleanza", tavola_enti, prova_enti, scrivi_enti),
    "referenti": Genere("Referenti degli enti", tavola_referenti, prova_referenti, scrivi_referenti),
}

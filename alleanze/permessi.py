"""What a person may do follows from the enti they act for, and from what those enti are."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Value

from conciliazione.models import Documento

from .models import Adesione, Alleanza, Appartenenza, Carica, Ente, Mandato, RichiestaAdesione
from .models.enti import PREPARANO, registrati_da
from .models.persone import Persona

RAPPRESENTANTE = "legale rappresentante"
MANDATARIO = "per mandato"


COME = {RAPPRESENTANTE: Appartenenza.Ruolo.RESPONSABILE, MANDATARIO: Appartenenza.Ruolo.OPERATORE}
"""What who represents an ente, or acts for it by mandate, may do: as much as somebody in this role."""

DELL_ATS = (*PREPARANO, Appartenenza.Ruolo.ISTRUTTORE)
"""Who in an ATS receives what is sent to it."""


@dataclass(frozen=True)
class Incarico:
    """A person acts for an ente today, in a role; who represents it does what a responsabile does."""

    ente_id: UUID
    ente: str
    genere: str
    ruolo: str

    def vale(self, ruoli: tuple[str, ...]) -> bool:
        """Whether it is one of those roles; none named means any, but that of the esperto, who answers and nothing else."""
        return COME.get(self.ruolo, self.ruolo) in ruoli if ruoli else self.ruolo != Appartenenza.Ruolo.ESPERTO


def incarichi(utente) -> list[Incarico]:
    """For whom the person acts: all of its incarichi, or those for the one ente that it chose to act for."""
    solo = utente.agisce_solo_per if utente.is_authenticated else None
    return [i for i in tutti_gli_incarichi(utente) if solo is None or i.ente_id == solo]


def tutti_gli_incarichi(utente) -> list[Incarico]:
    """Appartenenze, rappresentanze and mandates in force today; asked of the database once for each request."""
    if not utente.is_authenticated:
        return []
    if not hasattr(utente, "_incarichi"):
        campi = ("ente_id", "ente__denominazione", "ente__genere")
        cariche = Carica.objects.che_rappresentano().filter(persona__utente=utente)
        rappresentanze = cariche.order_by().annotate(ruolo=Value(RAPPRESENTANTE)).values_list(*campi, "ruolo")
        miei = utente.appartenenze.filter(Appartenenza.in_corso()).order_by()
        mandati = Mandato.objects.filter(Mandato.in_corso(), mandatario__in=miei.filter(ruolo__in=PREPARANO).values("ente"))
        per_mandato = mandati.order_by().annotate(ruolo=Value(MANDATARIO)).values_list(*_del_mandante(campi), "ruolo")
        unione = miei.values_list(*campi, "ruolo").union(rappresentanze, per_mandato)
        utente._incarichi = [Incarico(*riga) for riga in unione]
    return utente._incarichi


def _del_mandante(campi: tuple[str, ...]) -> list[str]:
    return [campo.replace("ente", "mandante", 1) for campo in campi]


def agisce_per(utente, ente_id, *ruoli: str) -> bool:
    """Whether the person acts for that ente, in one of those roles when any is named."""
    return any(i.ente_id == ente_id and i.vale(ruoli) for i in incarichi(utente))


def enti_di(utente) -> set[UUID]:
    """The enti, by id, that the person acts for in any role but that of the esperto."""
    return {i.ente_id for i in incarichi(utente) if i.vale(())}


def puo_scrivere_ente(utente, ente: Ente) -> bool:
    """An ente belongs to its own people; until it has any, to who registered it; and to the administrator."""
    if utente.is_superuser or agisce_per(utente, ente.pk, *PREPARANO):
        return True
    return Ente.objects.filter(registrati_da(utente), pk=ente.pk).exists()


def puo_dichiarare_dimensione(utente, ente: Ente) -> bool:
    """Nobody declares how large a firm is but itself, by a responsabile or who represents it."""
    return agisce_per(utente, ente.pk, Appartenenza.Ruolo.RESPONSABILE)


def puo_dare_poteri(utente, ente: Ente, persona: Persona) -> bool:
    """A carica that represents the ente gives an account the powers of a responsabile: an operatore gives them to nobody."""
    senza_account = persona.utente_id is None
    return senza_account or utente.is_superuser or agisce_per(utente, ente.pk, Appartenenza.Ruolo.RESPONSABILE)


def puo_registrare_enti(utente) -> bool:
    """Who prepares for an ente (its projects need partners) or keeps an alleanza."""
    return utente.is_superuser or any(i.vale(DELL_ATS if i.genere == Ente.Genere.ATS else PREPARANO) for i in incarichi(utente))


def alleanze_gestite(utente) -> list[Alleanza]:
    """Those whose list the person keeps (`puo_gestire`)."""
    alleanze = Alleanza.objects.all() if utente.is_superuser else Alleanza.objects.visibili_a(utente)
    return [alleanza for alleanza in alleanze if puo_gestire(utente, alleanza)]


def della_regione(utente) -> bool:
    return any(i.genere == Ente.Genere.REGIONE and i.vale(()) for i in incarichi(utente))


def puo_gestire(utente, alleanza: Alleanza) -> bool:
    """Who keeps the list of an alleanza: its capofila, the ATS of the territory, the administrator."""
    return utente.is_superuser or tiene(utente, alleanza)


def tiene(utente, alleanza: Alleanza) -> bool:
    """Who receives the requests to join it, and answers: its capofila and the ATS of the territory."""
    return agisce_per(utente, alleanza.capofila_id, *PREPARANO) or agisce_per(utente, alleanza.ats_id, *DELL_ATS)


def puo_compilare(utente, richiesta: RichiestaAdesione, chiavi=()) -> bool:
    """Who asks to join: by the personal link (`chiavi` are those that were opened), by its account, or for its ente."""
    mia = utente.is_authenticated and richiesta.chiesta_da_id == utente.pk
    return richiesta.impronta in chiavi or mia or agisce_per(utente, richiesta.ente_id, *PREPARANO)


def puo_decidere_adesione(utente, richiesta: RichiestaAdesione) -> bool:
    return tiene(utente, richiesta.alleanza)


def puo_far_uscire(utente, adesione: Adesione) -> bool:
    """Who keeps the alleanza, and a responsabile of the ente itself."""
    return tiene(utente, adesione.alleanza) or agisce_per(utente, adesione.ente_id, Appartenenza.Ruolo.RESPONSABILE)


def vede_le_persone(utente, ente: Ente) -> bool:
    """Who acts for an ente is known to the others who do, and to the administrator."""
    return utente.is_superuser or agisce_per(utente, ente.pk)


def puo_gestire_le_persone(utente, ente: Ente) -> bool:
    """Who acts for an ente is decided by a responsabile of it or who represents it; of a new one by the administrator."""
    return utente.is_superuser or agisce_per(utente, ente.pk, Appartenenza.Ruolo.RESPONSABILE)


def puo_dare_mandato(utente, ente: Ente) -> bool:
    """To act for it an ente is let by its own responsabile: who has a mandate does not pass it on."""
    return agisce_per(utente, ente.pk, Appartenenza.Ruolo.RESPONSABILE)


def nella_cartella(utente, alleanza: Alleanza) -> tuple[frozenset[str], bool, bool]:
    """In the shared folder: which documents one sees (by their visibilita), whether one adds, whether one rules it."""
    tutti, dei_soggetti, dell_ats = Documento.Visibilita.CAPOFILA, Documento.Visibilita.SOGGETTI, Documento.Visibilita.ATS
    if agisce_per(utente, alleanza.capofila_id):
        prepara = agisce_per(utente, alleanza.capofila_id, *PREPARANO)
        return frozenset({tutti, dei_soggetti, dell_ats}), prepara, prepara
    if agisce_per(utente, alleanza.ats_id):
        return frozenset({dell_ats}), agisce_per(utente, alleanza.ats_id, *DELL_ATS), False
    aderenti = _aderenti(alleanza)
    membri = [i for i in incarichi(utente) if i.ente_id in aderenti and i.vale(())]
    if membri:
        return frozenset({dei_soggetti, dell_ats}), any(i.vale(PREPARANO) for i in membri), False
    return frozenset(), False, False


def _aderenti(alleanza: Alleanza) -> set[UUID]:
    return set(alleanza.adesioni.filter(Adesione.in_corso()).values_list("ente", flat=True))

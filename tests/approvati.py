"""Approved projects for the tests of what anyone reads."""

from progetti.models import Progetto

PERSONA = "RSSMRA70A01F205X"
"""A valid codice fiscale of a person, invented."""


def clona(progetto: Progetto, titolo: str) -> Progetto:
    """Another approved project, with a version of its own."""
    versione = progetto.versioni.get()
    altro = Progetto.objects.get(pk=progetto.pk)
    altro.pk, altro.titolo, altro._state.adding = None, titolo, True
    altro.pk = Progetto._meta.pk.get_default()
    altro.save()
    versione.pk, versione.progetto, versione._state.adding = None, altro, True
    versione.contenuto = versione.contenuto | {"progetto": versione.contenuto["progetto"] | {"titolo": titolo}}
    versione.save()
    return altro

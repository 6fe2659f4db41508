"""The link of an invitation to act for an ente."""

from django.contrib.auth.decorators import login_not_required
from django.urls import reverse
from django.views.decorators.http import require_POST

from conciliazione.inviti import accoglienza
from conciliazione.models import Invito

from ..models import Appartenenza, Ente
from . import agisci_per, incarichi


def _racconta(invito: Invito) -> dict:
    ruolo = Appartenenza.Ruolo(invito.ruolo).label
    return {"per": str(invito.oggetto), "cosa": f"agire per {invito.oggetto} come {ruolo}"}


def _entra(request, invito: Invito) -> str:
    incarichi.entra(invito, request.user)
    request.session.pop(agisci_per.CHIAVE, None)  # who acts for one ente only would not see what was just given
    return reverse("scrivania")


def _rimanda(invito: Invito) -> None:
    altro = {"email": invito.email, "ruolo": invito.ruolo, "nome": invito.nome, "cognome": invito.cognome}
    incarichi.manda(invito.oggetto, invito.mandato_da, **altro)


ACCOGLIENZA = accoglienza.Accoglienza(
    Ente, "alleanze:invito", _racconta, _entra, incarichi.agisce_ancora, incarichi.regge, _rimanda
)


@login_not_required
def invito(request, chiave):
    return accoglienza.pagina(request, chiave, ACCOGLIENZA)


@login_not_required
@require_POST
def nuovo(request, chiave):
    return accoglienza.chiedi_nuovo(request, chiave, ACCOGLIENZA)

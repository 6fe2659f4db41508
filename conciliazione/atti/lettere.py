"""Letters: written in words once, numbered, kept; read on their page, by mail and as PDF."""

from django.conf import settings
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone

from ..file import lavori
from ..messaggi import posta
from ..models import FileGenerato, Lettera, Registro, Utente
from ..schede.carta import Carta

CARTA = Carta(("conciliazione/atti/lettera_pdf.html",))
TITOLO_MASSIMO = Lettera._meta.get_field("titolo").max_length


def scrivi(
    oggetto: Model,
    utente: Utente,
    *,
    mittente: Model,
    destinatario: str,
    a: list[str],
    titolo: str,
    modello: str,
    contesto: dict,
    pagina: str,
) -> Lettera:
    """Write it and send it; to be called last in a transition, because the counter stays locked until its end.

    `mittente` is who it is numbered by: each ente has a register of its own, that begins anew each year. `modello` is the
    template of its words. `pagina` is where who has an account reads what it is about; "" for who has a personal link, that
    the portal does not know.
    """
    adesso = timezone.now()
    titolo = titolo if len(titolo) <= TITOLO_MASSIMO else titolo[: TITOLO_MASSIMO - 1] + "…"
    testo = render_to_string(modello, contesto).strip()
    anno = timezone.localdate(adesso).year
    registro = f"lettere:{mittente.pk.hex}"
    numero = Registro.prossimo(registro, anno)
    parti = {"mittente": str(mittente), "destinatario": destinatario, "titolo": titolo, "testo": testo}
    della_posta = parti | {"numero": f"{numero}/{anno}", "pagina": pagina, "portale": settings.INDIRIZZO_PUBBLICO}
    messaggio = posta.invia("lettera", a, della_posta)
    di_chi = {"registro": registro, "anno": anno, "numero": numero, "scritta_da": utente, "scritta_il": adesso}
    return Lettera.objects.per(oggetto, **parti, **di_chi, messaggio=messaggio)


# As PDF.


def chiedi(lettera: Lettera, argomento: str, utente) -> FileGenerato:
    """Ask for its PDF; asked twice, made once.

    `argomento` says of which kind it is for the feature, that adds it to the `generi`.
    """
    return lavori.chiedi(
        parti=("lettera", str(lettera.pk), CARTA.impronta),
        argomento=argomento,
        nome=f"lettera-{lettera.numero}-{lettera.anno}.pdf",
        dati={
            "titolo": str(lettera),
            "a": lettera.destinatario,
            "mittente": lettera.mittente,
            "oggetto": lettera.titolo,
            "testo": lettera.testo,
            "data": timezone.localdate(lettera.scritta_il).isoformat(),
            "chi": str(lettera.scritta_da),
        },
        utente=utente if utente.is_authenticated else None,
    )

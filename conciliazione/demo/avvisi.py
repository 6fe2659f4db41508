"""The calls of the demo with their window open today, so that their schede can be tried and filed."""

from datetime import timedelta

from django.utils import timezone

from progetti.models import Avviso


def riaperto(codice: str, nuovo: str, giorni: int = 60) -> Avviso:
    """Return a copy of a call, under another code, that closes at noon that many days from now."""
    avviso = Avviso.objects.get(codice=codice)
    moduli = list(avviso.moduli.all())
    avviso.pk, avviso.codice = None, nuovo
    avviso.titolo = f"{avviso.titolo} (termini riaperti per la dimostrazione)"
    avviso.apre_il = timezone.now() - timedelta(days=7)
    avviso.chiude_il = (timezone.localtime() + timedelta(days=giorni)).replace(hour=12, minute=0, second=0, microsecond=0)
    avviso.save()
    for modulo in moduli:
        avviso.moduli.create(edizione=modulo.edizione, **modulo.parametri)
    return avviso

"""The contribution that the capofila hopes for."""

from conciliazione.moduli import campi
from conciliazione.moduli.campi import Vestito


class Obiettivo(Vestito):
    contributo_obiettivo = campi.Euro(
        label="Contributo obiettivo", help_text="In euro, per esempio 48.800,00. Lascia vuoto per non averne uno."
    )

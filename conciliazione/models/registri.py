from django.db import models


class Registro(models.Model):
    """The counter of one register in one year. Numbers have no gaps: a number is given or nothing happened."""

    codice = models.CharField("registro", max_length=40)
    anno = models.PositiveSmallIntegerField("anno")
    ultimo = models.PositiveIntegerField("ultimo numero dato", default=0)

    class Meta:
        verbose_name = "registro"
        verbose_name_plural = "registri"
        constraints = [models.UniqueConstraint(fields=["codice", "anno"], name="registro_per_anno")]

    def __str__(self) -> str:
        return f"{self.codice} {self.anno}: {self.ultimo}"

    @classmethod
    def prossimo(cls, codice: str, anno: int) -> int:
        """Return the next number; to be called last in a transaction, because the counter stays locked until its end."""
        cls.objects.get_or_create(codice=codice, anno=anno)
        riga = cls.objects.select_for_update().get(codice=codice, anno=anno)
        riga.ultimo += 1
        riga.save(update_fields=["ultimo"])
        return riga.ultimo

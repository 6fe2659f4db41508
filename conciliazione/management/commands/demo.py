from django.core.management.base import BaseCommand

from ...demo import carica, incentivi


class Command(BaseCommand):
    help = "Carica i dati della dimostrazione, se non ci sono già."

    def handle(self, *args, **opzioni):
        fatto = carica.carica()
        incentivi.carica()
        self.stdout.write("Dati della dimostrazione caricati." if fatto else "I dati della dimostrazione ci sono già.")

from django.core.management.base import BaseCommand

from ...demo import carica


class Command(BaseCommand):
    help = "Carica nella dimostrazione una misura di incentivo, se non c'è già."

    def handle(self, *args, **opzioni):
        carica()

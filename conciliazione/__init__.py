"""The project and its kernel: who logs in, what is logged, what is made in the background."""

from .celery import app as celery

__all__ = ["celery"]

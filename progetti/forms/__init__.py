"""The forms that are not of a scheda: those are the editions' own."""

"""Forms of the enti, the alliances and what lives in them."""

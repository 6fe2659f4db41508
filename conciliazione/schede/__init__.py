"""The engine of the schede: forms described in Python, filled by many hands, read alike by page, PDF and export.

It has no models and knows no call: an edition (`progetti/edizioni/`) describes a form with these blocks and fields,
`progetti.contenuto` brings the content and takes the changes. See `docs/decisioni/0001-il-motore-delle-schede.md`.
"""

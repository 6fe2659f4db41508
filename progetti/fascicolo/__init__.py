"""The papers that each soggetto signs for a project: made prefilled, sent, taken back signed.

Nothing is imported here: who reads a scan in a process of its own (`qr`) needs no Django.
"""

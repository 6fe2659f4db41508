"""The sportello on-line: the clock of its answers, the life of a question, what becomes a frequent question."""

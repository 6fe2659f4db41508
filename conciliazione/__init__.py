"""The project and its kernel: who logs in, what is logged, what is made in the background."""

"""The pages of the alleanze, of the enti and of the sportello."""

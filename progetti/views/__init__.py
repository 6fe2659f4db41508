"""One module for each thing people come to do; one function for each address."""

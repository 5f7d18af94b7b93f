"""Limpid's networks: definition, training, scoring and export to the page's graphs."""

"""Who copied whom: a derivation graph of reports, and how many independent roots it has."""

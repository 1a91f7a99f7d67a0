"""Review by design: what must hold before a dossier leaves the house, held by code."""

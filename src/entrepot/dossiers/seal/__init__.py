"""A dossier as a sealed folder: built whole, signed, verified by anybody."""

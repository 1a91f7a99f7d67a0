"""What a dossier must have before it leaves the house."""

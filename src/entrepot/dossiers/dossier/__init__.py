"""The nouns of a dossier: sentences, numbers and charts, each with what it rests on."""

"""From a case to a dossier: sentences and numbers with what they rest on."""

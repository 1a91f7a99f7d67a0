"""The source-protection lint: what in a text or file could point back to a source."""

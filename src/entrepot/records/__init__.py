"""The nouns: table schemas, content ids, provenance."""

"""Tips, reports and claims: what was said, on whose word, and does it hold against the records."""

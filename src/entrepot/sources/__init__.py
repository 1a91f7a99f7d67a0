"""One module per publisher: archived bytes to records, no judgement."""

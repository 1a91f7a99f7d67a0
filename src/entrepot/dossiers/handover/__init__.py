"""One case, many outputs: notices, narratives, due diligence, questions, exchange formats."""

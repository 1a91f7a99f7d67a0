"""All three legs of every hub and code as plain sums: a quick look at very many rows."""

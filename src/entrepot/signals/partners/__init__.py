"""Who trades with a country: ranks, shares, change, and what of it is under a measure."""

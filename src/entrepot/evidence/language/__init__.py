"""Words of reports: sentences, days, numbers, places, goods and bodies, in word lists and rules."""

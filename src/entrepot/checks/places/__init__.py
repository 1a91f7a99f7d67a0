"""Places: where a site lies, on the word of two sources that agree, or by its coordinates."""

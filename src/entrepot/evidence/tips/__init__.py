"""Tips: sealed to the reviewers' keys, stripped of what could point back, never asked who."""

"""How well a claim stands: roots for and against, rivals, and what would change the outcome."""

"""How the tables of the casebook came to be, one step a file under `versions`."""

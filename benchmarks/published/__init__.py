"""The rows of the reproduction table, one module a kind of data."""

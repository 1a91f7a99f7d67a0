"""The test of a claim against the records that are loaded."""

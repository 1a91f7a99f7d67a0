"""Matching: which listed parties a name or an identifier resembles, and why."""

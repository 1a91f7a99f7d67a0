"""Detectors: tables to one table; `leads` ranks what they found."""

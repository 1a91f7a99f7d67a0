"""Diplomatic missions near a place, as of a date, and the sheet for a visit."""

"""Parties: lists, names, matching, judgements."""

"""Checks: what could have seen a place, what did, who could go there, and what nobody covers."""

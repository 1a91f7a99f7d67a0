"""Entrepot: restricted goods that seem to reach a sanctioned country through a third one."""

__version__ = "0.1.0"

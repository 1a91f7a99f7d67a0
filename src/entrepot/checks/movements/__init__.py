"""Flights, trains and trucks that somebody recorded, and when nobody could."""

"""Dated code lists: country, commodity and its editions, flow, period."""

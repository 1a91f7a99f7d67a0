"""A plan as files that other programs open: calendar (ICS), map (GeoJSON, KML)."""

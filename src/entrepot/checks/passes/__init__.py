"""When imaging satellites can see a place: element sets, orbits, angles, limits."""

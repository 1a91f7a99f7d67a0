"""The other legs of a route: onward, second hub, arrival."""

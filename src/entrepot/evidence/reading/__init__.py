"""From a report's text to proposed claims with exact spans."""

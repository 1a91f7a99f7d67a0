"""From a file of unknown make to its text, safely."""

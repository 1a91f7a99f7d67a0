"""Which checks to do first, and what came of them."""

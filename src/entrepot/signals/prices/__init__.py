"""Unit values: discounts and mark-ups against a reference, with intervals."""

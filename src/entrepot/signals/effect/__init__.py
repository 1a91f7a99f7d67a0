"""The effect of a ban over all goods, by a panel regression."""

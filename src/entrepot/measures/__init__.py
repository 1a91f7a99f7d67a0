"""The dated rule base: which goods may whose exporters not sell to which country."""

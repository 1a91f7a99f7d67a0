"""Assemble and render what is shown: the report page and its charts."""

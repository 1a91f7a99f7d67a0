"""The HTTP API: yente's shapes over an index in this process, OpenRefine, and a page to try it."""

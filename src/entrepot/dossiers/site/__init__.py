"""The published site: pages, feeds, search and pictures, without a server."""

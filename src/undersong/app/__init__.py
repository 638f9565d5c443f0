"""The web app: HTTP API, pages and their static files."""

"""Programs for developers: generated documents and pictures."""

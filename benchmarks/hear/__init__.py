"""How well and how quickly voices are read; one subject a file."""

"""Evidence, wording rules and signposts, as data with their loaders."""

"""Does it help me? Randomised comparisons a person runs on themselves."""

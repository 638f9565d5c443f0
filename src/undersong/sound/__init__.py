"""`Score` and a span of sample indices to samples: pure functions of time."""

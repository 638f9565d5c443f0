"""Recording to `Reading`: pure functions of samples and a baseline."""

"""`Reading`, outcome and taste to `Score`: pure functions and the tables they read."""

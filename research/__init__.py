"""Scripts that fit the constants in `undersong.hear`; each prints what it fitted."""

"""How periods are counted: pure, and knowing no statute. What a statute says is data, in `time_limits/`."""

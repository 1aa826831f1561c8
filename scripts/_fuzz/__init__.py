"""What hostile input is tried on, and how: scripts/fuzz."""

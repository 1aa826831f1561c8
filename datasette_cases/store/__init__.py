"""Records → one SQLite file."""

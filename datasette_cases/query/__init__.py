"""SQL text and rows. Everything a page shows is read here; nothing is decided here."""

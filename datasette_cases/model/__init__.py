"""The records an editor writes, and what follows from them."""

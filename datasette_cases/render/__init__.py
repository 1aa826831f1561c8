"""Page objects → text: JSON now; every function takes a page and gives a string."""

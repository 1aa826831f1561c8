"""The whole record at once, for programs: one zipped data package, JSON Lines, a description for catalogues of data."""

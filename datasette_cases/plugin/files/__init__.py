"""The site as files: every page fetched once from a Datasette inside the process, its links turned into names of files."""

"""A database that somebody has, opened to be read."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Iterator, Optional


class OpenError(Exception):
    """It cannot be read, or is no database of cases; the message says which and what to do."""


@contextmanager
def opened(path: Path, name: Optional[str] = None) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write. `name`: what the file is called, where that is not its path."""
    name = name or str(path)
    if not path.is_file():
        raise OpenError(f"{name}: found no such file; name a database that `datasette cases build` made")
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            release = connection.execute("select released, schema_version from releases order by id desc").fetchone()
        except sqlite3.Error as error:
            raise OpenError(f"{name}: found no database of cases ({error}); name one that `datasette cases build` made") from None
        if release is None:
            raise OpenError(f"{name}: found no release in it; name a database that `datasette cases build` made")
        yield connection

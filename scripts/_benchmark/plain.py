"""`datasette` as it is installed by itself, without uvloop and httptools. Arguments: those of `datasette`."""

from __future__ import annotations

import sys

for name in ("uvloop", "httptools"):
    sys.modules[name] = None  # type: ignore[assignment]  # cannot be imported: uvicorn goes on with what it brings

from datasette.cli import cli  # noqa: E402

if __name__ == "__main__":
    cli()

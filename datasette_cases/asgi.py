"""`datasette_cases.asgi:app`: the site for any ASGI server. What is served stands in the variables of `plugin/asgi.py`."""

import datasette.app  # noqa: F401  first: it loads all plugins, and would find ours half imported

from .plugin.asgi import app

__all__ = ["app"]

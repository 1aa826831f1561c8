"""What the build counts of every list, so that no page does."""

from __future__ import annotations

from . import cases, deadlines, statements

ALL = (*cases.FACETS, *statements.FACETS, *deadlines.FACETS)
"""SELECTs of rows of the table `facets`."""

"""What the build counts of every list, so that no page does."""

from __future__ import annotations

from . import actor, cases, deadlines, statements

ALL = (*cases.FACETS, actor.FACET, *statements.FACETS, *deadlines.FACETS)
"""SELECTs of rows of the table `facets`."""

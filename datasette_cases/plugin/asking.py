"""What may be asked of a list: filters, an order, a place to go on from. What is not understood is refused, naming what is."""

from __future__ import annotations

from typing import Any, Iterable, Optional, Sequence

from ..vocabulary.word import nearest
from .pages import LONGEST, Visit


def require_once(seen: Visit, names: Iterable[str]) -> None:
    for name in names:
        if len(seen.request.args.getlist(name)) > 1:
            raise seen.refuse(seen.texts.gettext("%(name)s: expected only once") % {"name": name})


def require_word(seen: Visit, name: str, value: Optional[str], words: Sequence[str]) -> None:
    """Refuse a value that is not one of a few words."""
    if value and value not in words:
        raise seen.refuse(seen.texts.gettext("%(name)s: expected one of %(words)s") % {"name": name, "words": ", ".join(words)})


def require_known(seen: Visit, name: str, value: Optional[str], query: Any, connection: Any) -> None:
    """Refuse a value that the database does not have, naming the nearest that it has."""
    if value is None or query.knows(connection, name, value):
        return
    _ = seen.texts.gettext
    near = nearest(value, query.ids(connection, name), 1) if len(value) <= LONGEST else []
    message = (
        _("%(name)s: there is no %(value)s; the nearest is %(nearest)s") if near else _("%(name)s: there is no %(value)s, and none like it")
    )
    raise seen.refuse(message % {"name": name, "value": value[:LONGEST], "nearest": near[0] if near else ""})


def order(seen: Visit, columns: Sequence[str]) -> Optional[tuple[str, bool]]:
    """The column to sort by, and whether the other way round, asked for as in Datasette; None: as the list comes."""
    asked = [(name, seen.request.args[name]) for name in ("_sort", "_sort_desc") if seen.request.args.get(name)]
    if len(asked) > 1:
        raise seen.refuse(seen.texts.gettext("_sort, _sort_desc: expected only one of them"))
    for name, column in asked:
        if column not in columns:
            raise seen.refuse(seen.texts.gettext("%(name)s: expected one of %(columns)s") % {"name": name, "columns": ", ".join(columns)})
        return column, name == "_sort_desc"
    return None

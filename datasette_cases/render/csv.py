"""Tables as CSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from typing import Any, Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, also after spaces."""


def table(names: Sequence[str], lines: Iterable[Sequence[Any]]) -> str:
    """Lines of values under their names; null is empty."""
    written = _Written()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([disarmed(value) for value in line] for line in lines)
    return "".join(written)


def disarmed(value: Any) -> Any:
    """Text that looks like a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and (value.startswith(FORMULA) or value.lstrip().startswith(FORMULA)) else value


class _Written(list[str]):
    """A list that can be written to like a file."""

    write = list.append

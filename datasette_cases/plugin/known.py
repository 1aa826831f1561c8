"""?as_known=: what this site said on an earlier day. A case is read from the release that was current then, by the same statements."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Iterator, Optional

from datasette import NotFound

from ..page.known import Known
from ..page.words import Words
from ..query import known as query
from ..query import words as words_query
from ..query.known import Release
from ..render import locale
from . import asking
from .pages import Visit, day_asked

PARAMETER = "as_known"


@dataclass(frozen=True)
class Record:
    """What is read within `reading`: the words of its release; `known` is null where it is the record as it is known now."""

    words: Words
    release: Optional[Release]
    known: Optional[Known]


def tables(request: Any) -> tuple[str, ...]:
    """What is read beside the tables of the page."""
    return query.TABLES if request.args.get(PARAMETER) else ()


def day_of(seen: Visit) -> Optional[str]:
    """The day on which the record is asked for as it was known; None: as it is known now, which is also what it is known as today."""
    asking.require_once(seen, (PARAMETER,))
    day = day_asked(seen, PARAMETER)
    return None if day == seen.today else day.isoformat()


def release_of(seen: Visit, connection: Any, day: str) -> Release:
    """The release that was current on a day. Refuses a day before the first."""
    found = query.release_on(connection, day)
    if found is None:
        _, first = seen.texts.gettext, query.first_release(connection)
        raise seen.refuse(
            _("%(name)s: nothing was published here before %(day)s, the day of the first release")
            % {"name": PARAMETER, "day": first.released if first else "—"}
        )
    return found


@contextmanager
def reading(seen: Visit, connection: Any, case: str, day: Optional[str]) -> Iterator[Record]:
    """Within, the connection reads a case as it was known on a day; None: as it is known now."""
    newest = query.newest_release(connection)
    if day is None:
        yield Record(seen.words(connection), newest, None)
        return
    release = release_of(seen, connection, day)
    following = query.release_after(connection, release.id)
    known = Known(day, release.id, release.released, query.changes_since(connection, case, release.id), following)
    if following is None:
        yield Record(seen.words(connection), release, known)
        return
    with query.as_known(connection, case, release.id):
        yield Record(Words(words_query.read(connection, seen.language)), release, known)


def missing(seen: Visit, connection: Any, case: str, day: Optional[str]) -> NotFound:
    """Why there is no such case. One that was taken out of the files is still there as it was known."""
    _ = seen.texts.gettext
    if day:
        return NotFound(
            _("There was no case %(case)s in the release of %(day)s")
            % {"case": case, "day": locale.day(release_of(seen, connection, day).released, seen.language)}
        )
    last = query.last_seen(connection, case)
    if last:
        return NotFound(
            _("There is no case %(case)s any more. The release of %(day)s had it: %(address)s")
            % {
                "case": case,
                "day": locale.day(last.released, seen.language),
                "address": seen.ds.absolute_url(seen.request, seen.link(f"/-/cases/{case}", as_known=last.released)),
            }
        )
    return NotFound(_("There is no case %(case)s") % {"case": case})


def cited_day(seen: Visit, release: Optional[Release]) -> Optional[str]:
    """The day that keeps a release in an address; one that is still to come keeps nothing."""
    return release.released if release and release.released <= seen.today.isoformat() else None

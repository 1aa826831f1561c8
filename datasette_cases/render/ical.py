"""Deadlines as a calendar (RFC 5545): an event for each last day. Every stamp comes from the data."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Callable, Iterable, Iterator, Optional

from ..i18n import Catalogue
from ..page.deadlines import Line
from ..page.parts import ActorRef, EntryRef
from . import locale

UID_DOMAIN = "datasette-cases"
"""Stands where a host would: the same deadline has the same UID wherever it is served."""
LINE = 75
"""Octets of a line at most, without its end."""
NO_LONGER = ("extended", "moot", "called-off")
"""Outcomes by which the day itself is off."""
UNKNOWN_RELEASE = "1970-01-01"
"""Of a database without a release."""

Property = tuple[str, str]


def calendar(lines: Iterable[Line], name: str, address: Callable[[Line], str], texts: Catalogue) -> str:
    """The whole file. `address`: where a deadline is to be read, absolute."""
    dated = sorted((line for line in lines if last(line)), key=lambda line: (last(line), line.id))
    properties: list[Property] = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", f"-//datasette-cases//Deadlines//{texts.language.upper()}"),
        ("CALSCALE", "GREGORIAN"),
        ("NAME", text(name)),
        ("X-WR-CALNAME", text(name)),
        ("REFRESH-INTERVAL;VALUE=DURATION", "P1D"),
    ]
    for line in dated:
        properties += event(line, address(line), texts)
    properties.append(("END", "VCALENDAR"))
    return "".join(folded(f"{key}:{value}") for key, value in properties)


def event(line: Line, address: str, texts: Catalogue) -> Iterator[Property]:
    """One deadline: all of its last day, or all of the time in which that day lies. Its stamps move when it changes, and only then."""
    first, end = span(line)
    stamp = f"{(line.modified or UNKNOWN_RELEASE).replace('-', '')}T000000Z"
    yield "BEGIN", "VEVENT"
    yield "UID", text(f"{line.id}@{UID_DOMAIN}")
    yield "DTSTAMP", stamp
    yield "LAST-MODIFIED", stamp
    yield "SEQUENCE", str(line.sequence)
    yield "DTSTART;VALUE=DATE", compact(first)
    if end < date.max:
        yield "DTEND;VALUE=DATE", compact(end + timedelta(days=1))
    yield "SUMMARY", text(summary(line, texts))
    yield "DESCRIPTION", text("\n".join(description(line, texts)))
    yield "URL", uri(address)
    yield "CATEGORIES", ",".join(text(label) for label in (line.kind_label, line.basis_label) if label)
    yield "STATUS", "CANCELLED" if line.outcome in NO_LONGER else "TENTATIVE" if first != end else "CONFIRMED"
    yield "TRANSP", "TRANSPARENT"
    yield "END", "VEVENT"


def last(line: Line) -> Optional[str]:
    """The day an event ends on: as stated, else as reckoned."""
    return line.last_day_end or line.reckoned_day


def span(line: Line) -> tuple[date, date]:
    """The first and the last day it can be; the same where the day is exact."""
    end = date.fromisoformat(str(last(line)))
    if not line.last_day:
        return end, end
    year, month, day = (int(part) for part in (line.last_day.split("-") + ["1", "1"])[:3])
    return date(year, month, day), end


def summary(line: Line, texts: Catalogue) -> str:
    if line.last_day and line.last_day_precision != "day":
        days = locale.when(line.last_day, str(line.last_day_precision), str(line.last_day_end), texts.language)
        return texts.gettext("%(title)s (one day in %(time)s) · %(case)s") % {"title": line.title, "time": days, "case": line.case.title}
    return f"{line.title} · {line.case.title}"


def description(line: Line, texts: Catalogue) -> Iterator[str]:
    _, language = texts.gettext, texts.language
    who, to = names(line.actors, texts), names(line.addressees, texts)
    yield _("Who: %(names)s") % {"names": who}
    if to:
        yield _("To: %(names)s") % {"names": to}
    basis = ", ".join(part for part in (line.basis_label, when(line.set_by, language)) if part)
    yield f"{basis} ({line.provision})" if line.provision else basis
    if line.last_day and line.reckoned_day and line.reckoned_day != line.last_day:
        stated = locale.when(line.last_day, str(line.last_day_precision), str(line.last_day_end), language)
        yield _("As stated: %(day)s") % {"day": stated}
        yield _("As reckoned from the law: %(day)s") % {"day": locale.day(line.reckoned_day, language)}
    if line.rule and line.rule.summary:
        yield line.rule.summary
    if line.basis == "reckoned" and line.on_expiry:
        yield line.on_expiry
    elif line.outcome == "open":
        yield _("Nothing is known of the outcome.")
    else:
        outcome = ", ".join(part for part in (line.outcome_label, when(line.closed_by, language)) if part)
        yield _("Outcome: %(outcome)s") % {"outcome": outcome}
    yield _("Sources:")
    yield from (source.url for source in line.sources)


def when(entry: Optional[EntryRef], language: str) -> str:
    return locale.when(entry.date, entry.date_precision, entry.date_end, language) if entry else ""


def names(actors: Iterable[ActorRef], texts: Catalogue) -> str:
    return ", ".join(actor.name or locale.country(actor.country, texts.language) for actor in actors)


def compact(day: date) -> str:
    return day.isoformat().replace("-", "")


def text(value: str) -> str:
    """A value of type TEXT: on one line, its separators escaped, without characters that may not stand in it."""
    value = re.sub(r"\r\n?", "\n", value)
    value = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", value)
    return re.sub(r"([\\;,])", r"\\\1", value).replace("\n", "\\n")


def uri(value: str) -> str:
    """An address, as it is but for characters that would end its line."""
    return re.sub(r"[\x00-\x20\x7f]", lambda found: f"%{ord(found[0]):02X}", value)


def folded(line: str) -> str:
    """A line with its end, folded where it is longer than allowed: never within a character."""
    parts: list[list[str]] = [[]]
    octets = 0
    for letter in line:
        size = len(letter.encode("utf-8"))
        if octets + size > LINE:
            parts.append([])
            octets = 1
        parts[-1].append(letter)
        octets += size
    return "\r\n ".join("".join(part) for part in parts) + "\r\n"

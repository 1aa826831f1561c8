"""What the package `holidays` says about the calendars that are frozen in `datasette_cases/calendars/`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Dict, Iterator, NamedTuple, Optional

import holidays
import yaml

from datasette_cases.calendars.file import File, parse, written

FIRST, LAST = date(2018, 1, 1), date(2030, 12, 31)
ORIGIN = re.compile(r"holidays \S+, country (?P<country>\w+)(?:, subdivision (?P<subdivision>\w+))?, category public")


class Place(NamedTuple):
    """A country, or a part of one, as the package names it."""

    country: str
    subdivision: Optional[str] = None

    @property
    def key(self) -> str:
        return "-".join(filter(None, self))


class Compared(NamedTuple):
    """A calendar as it is frozen, if it is, and as it would be frozen now."""

    key: str
    frozen: Optional[File]
    now: File


def compared(folder: Path, authorities: Path) -> Iterator[Compared]:
    """The calendars of all authorities, and what else in the folder comes from the package, in order of key."""
    frozen = {path.stem: parse(path.read_text(encoding="utf-8")) for path in folder.glob("*.txt")}
    places = wanted(authorities)
    for key, file in frozen.items():
        if origin := ORIGIN.fullmatch(file.origin):
            places[key] = Place(origin["country"], origin["subdivision"])
    for key, place in sorted(places.items()):
        yield Compared(key, frozen.get(key), now(place, frozen.get(key)))


def wanted(authorities: Path) -> Dict[str, Place]:
    """The country of each authority, and the part of it where it has one of its own: key → place."""
    places = set()
    for authority in yaml.load(authorities.read_text(encoding="utf-8"), yaml.BaseLoader)["authorities"]:
        if found := authority.get("calendar"):
            places |= {Place(found["country"]), Place(found["country"], found.get("subdivision"))}
    return {place.key: place for place in places}


def now(place: Place, frozen: Optional[File]) -> File:
    """What the package says, in the country's own language and without half days. Everything written by hand stays."""
    language = getattr(holidays, place.country).default_language
    found = holidays.country_holidays(
        place.country, place.subdivision, years=range(FIRST.year, LAST.year + 1), categories=holidays.PUBLIC, language=language
    )
    part = f", subdivision {place.subdivision}" if place.subdivision else ""
    origin = f"holidays {version('holidays')}, country {place.country}{part}, category public"
    listed = {day: name for day, name in found.items() if FIRST <= day <= LAST}
    return replace(frozen or File(place.key, FIRST, LAST, origin, "package"), first=FIRST, last=LAST, origin=origin, listed=listed)


def differences(folder: Path, authorities: Path) -> Iterator[str]:
    """One sentence for each day, in order of calendar and day."""
    for key, frozen, now in compared(folder, authorities):
        if not frozen:
            yield f"{key}: has no file yet"
            continue
        for day in sorted({*frozen.listed, *now.listed}):
            before, after = frozen.listed.get(day), now.listed.get(day)
            if not before:
                yield f"{key}: {day} {after} is new"
            elif not after:
                yield f"{key}: {day} {before} is gone"
            elif before != after:
                yield f"{key}: {day} {before} is now called {after}"


def write(folder: Path, authorities: Path) -> Iterator[str]:
    """Write what differs anew, also its origin; the keys of what was written."""
    for key, frozen, now in compared(folder, authorities):
        if frozen != now:
            (folder / f"{key}.txt").write_text(written(now), encoding="utf-8")
            yield key

"""The plugin's configuration, under `plugins: datasette-cases` in Datasette's own configuration."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Optional, Union
from zoneinfo import ZoneInfo

NAME = "datasette-cases"
LINKS = {"imprint": ("https://", "http://", "/"), "privacy": ("https://", "http://", "/"), "corrections": ("https://", "/", "mailto:")}
"""Settings that are addresses, and how each may begin."""
ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?", re.IGNORECASE)
"""As in a Content-Security-Policy: without a path, `*.` for all hosts below one."""


@dataclass(frozen=True)
class Config:
    """`database`: name of the database with cases, null: the first that has them. `home`: the list of cases is the
    home page. `timezone`: where today is today. `imprint`, `privacy`: links in the footer. `corrections`: where readers report
    errors and reply. `robots`: whether `/sitemap.xml` and `/robots.txt` are answered. `cache`: megabytes of rendered pages that are kept
    in memory, 0 for none. `max_age`: seconds that browsers and proxies may keep a page before they ask again.
    `stale_while_revalidate`: seconds after that in which they may still show it while they ask. `frame_ancestors`: origins whose pages
    may frame the embeds, "*" for any, an empty list for none."""

    database: Optional[str] = None
    home: bool = False
    timezone: str = "Europe/Brussels"
    imprint: Optional[str] = None
    privacy: Optional[str] = None
    corrections: Optional[str] = None
    robots: bool = True
    cache: int = 32
    max_age: int = 60
    stale_while_revalidate: int = 0
    frame_ancestors: Union[str, list[str]] = "*"
    day: Optional[date] = None
    """Of the site as files, which nobody writes into a configuration: the day that stays today."""

    @property
    def live(self) -> bool:
        """Whether there is a program that answers: to searches, filters, other days, SQL."""
        return self.day is None

    def today(self) -> date:
        return self.day or datetime.now(ZoneInfo(self.timezone)).date()


NUMBERS = {
    "cache": "a number of megabytes, 0 for no cache",
    "max_age": "a number of seconds, 0 to have every page asked for again",
    "stale_while_revalidate": "a number of seconds, 0 for none",
}
"""Settings that are whole numbers, and what of."""


class ConfigError(Exception):
    """A key or value of the configuration that is not understood."""


def read(ds: Any) -> Config:
    """The configuration. ConfigError: what is wrong with it, and what to write."""
    given = dict(ds.plugin_config(NAME) or {})
    known = set(Config.__dataclass_fields__) - {"day"}
    for key in given:
        if key not in known:
            raise ConfigError(f"{NAME}: unknown setting {key!r}; known are {', '.join(sorted(known))}")
    config = Config(**given, day=getattr(ds, "_cases_day", None))
    for name in ("database", "timezone"):
        value = getattr(config, name)
        if value is not None and not isinstance(value, str):
            raise ConfigError(f"{NAME}: {name} is {value!r}; write a text")
    for name in ("home", "robots"):
        if not isinstance(value := getattr(config, name), bool):
            raise ConfigError(f"{NAME}: {name} is {value!r}; write true or false")
    for name, expected in NUMBERS.items():
        number = getattr(config, name)
        if isinstance(number, bool) or not isinstance(number, int) or number < 0:
            raise ConfigError(f"{NAME}: {name} is {number!r}; write {expected}")
    for name, begins in LINKS.items():
        link = getattr(config, name)
        if link is not None and not (isinstance(link, str) and link.startswith(begins)):
            raise ConfigError(f"{NAME}: {name} is {link!r}; write an address that begins with {' or '.join(begins)}")
    framing = config.frame_ancestors
    if framing != "*" and not (isinstance(framing, list) and all(isinstance(one, str) and ORIGIN.fullmatch(one) for one in framing)):
        raise ConfigError(
            f'{NAME}: frame_ancestors is {framing!r}; write "*" for any site, or a list of origins as https://www.example.org or '
            "https://*.example.org, an empty one for none"
        )
    try:
        ZoneInfo(config.timezone)
    except Exception:
        raise ConfigError(f"{NAME}: there is no time zone {config.timezone!r}; write one as Europe/Brussels") from None
    return config

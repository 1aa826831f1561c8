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
    errors and reply. `cache`: megabytes of rendered pages that are kept in memory, 0 for none. `frame_ancestors`: origins whose
    pages may frame the embeds, "*" for any, an empty list for none."""

    database: Optional[str] = None
    home: bool = False
    timezone: str = "Europe/Brussels"
    imprint: Optional[str] = None
    privacy: Optional[str] = None
    corrections: Optional[str] = None
    cache: int = 32
    frame_ancestors: Union[str, list[str]] = "*"

    def today(self) -> date:
        return datetime.now(ZoneInfo(self.timezone)).date()


class ConfigError(Exception):
    """A key or value of the configuration that is not understood."""


def read(ds: Any) -> Config:
    """The configuration. ConfigError: what is wrong with it, and what to write."""
    given = dict(ds.plugin_config(NAME) or {})
    known = set(Config.__dataclass_fields__)
    for key in given:
        if key not in known:
            raise ConfigError(f"{NAME}: unknown setting {key!r}; known are {', '.join(sorted(known))}")
    config = Config(**given)
    for name in ("database", "timezone"):
        value = getattr(config, name)
        if value is not None and not isinstance(value, str):
            raise ConfigError(f"{NAME}: {name} is {value!r}; write a text")
    if not isinstance(config.home, bool):
        raise ConfigError(f"{NAME}: home is {config.home!r}; write true or false")
    if isinstance(config.cache, bool) or not isinstance(config.cache, int) or config.cache < 0:
        raise ConfigError(f"{NAME}: cache is {config.cache!r}; write a number of megabytes, 0 for no cache")
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

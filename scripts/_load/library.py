"""Who appears in made-up cases, and who publishes: authorities with real countries and holidays, everybody with a made-up name."""

from __future__ import annotations

from typing import Any, NamedTuple

from .words import AUTHORITY, LANGUAGES

Raw = dict[str, Any]

COUNTRIES = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
    "IT", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "IS",
)  # fmt: skip
SPEAKS = {
    "AT": "de", "BE": "nl", "BG": "bg", "CY": "el", "DE": "de", "ES": "es", "FR": "fr", "GR": "el", "IT": "it", "LU": "fr", "NL": "nl",
    "PL": "pl", "PT": "pt", "SE": "sv",
}  # fmt: skip
"""Where one of our eleven languages is spoken; anywhere else English stands in."""
PLACES = (("edpb", None), ("edps", None), *((f"{country.lower()}-{name}", country) for name in ("one", "two") for country in COUNTRIES))
"""The sixty authorities, the board first, and their countries."""
LANGUAGE = {authority: SPEAKS.get(country or "", "en") for authority, country in PLACES}
SOURCE = "https://authority.example/about"
PRESS = tuple(f"{name}.example" for name in ("press", "daily", "weekly", "court", "party", "register", "blog", "archive"))
KINDS = dict(zip(PRESS, ("press", "press", "press", "court", "party", "official", "reference", "reference"), strict=True))
HOSTS = ("authority.example", *PRESS)


class Cast(NamedTuple):
    """Ids of the actors who are no authorities, by kind."""

    respondents: list[str]
    complainants: list[str]
    courts: list[str]
    others: list[str]


def cast(cases: int) -> Cast:
    """The more cases, the more people; the first of each appear most."""
    numbers = (max(20, cases // 25), max(10, cases // 50), 40, 20)
    return Cast(
        *(
            [f"{kind}-{number}" for number in range(1, most + 1)]
            for kind, most in zip(("company", "person", "court", "body"), numbers, strict=True)
        )
    )


def authorities() -> list[Raw]:
    return [_authority(authority, country, place) for place, (authority, country) in enumerate(PLACES)]


def _authority(authority: str, country: str | None, place: int) -> Raw:
    language = LANGUAGE[authority]
    own: Raw = {"country": country, "calendar": {"country": country}} if country else {}
    return {
        "id": authority,
        "name": f"Made-up Authority {place}",
        "names": [{"language": language, "name": f"{AUTHORITY[language]} {place}"}],
        "short_name": f"A{place}",
        **({"kind": "board"} if authority == "edpb" else {}),
        **own,
        "level": "eu" if not country else "national" if authority.endswith("-one") else "regional",
        "edpb_member": "yes",
        "languages": [language],
        "sources": [SOURCE],
    }


def actors(of: Cast) -> list[Raw]:
    kinds = (("respondent", of.respondents), ("complainant", of.complainants), ("court", of.courts), ("other", of.others))
    found = [(actor, kind, number) for kind, ids in kinds for number, actor in enumerate(ids)]
    return [
        {
            "id": actor,
            "kind": kind,
            "name": actor.replace("-", " ").title(),
            "name_native": {"language": LANGUAGES[number % 11], "name": f"{AUTHORITY[LANGUAGES[number % 11]]} {actor}"},
            "country": COUNTRIES[number % len(COUNTRIES)],
        }
        for actor, kind, number in sorted(found)
    ]


def publishers() -> list[Raw]:
    return [{"host": host, "name": host.partition(".")[0].title(), "kind": KINDS.get(host, "official")} for host in sorted(HOSTS)]

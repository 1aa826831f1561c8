"""Cases as they will hardly ever be: nothing in them, or far too much. A data folder like an editor's."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any, Optional

from .random_cases import dump

Raw = dict[str, Any]

COUNTRIES = ("AT", "BE", "CY", "DE", "DK", "ES", "FR", "GR", "IE", "IT", "LT", "NL", "PL", "SE")
MANY = 60
SOURCE = "https://example.org/a"
FIRST = date(2019, 1, 1)

LONG = "Concerning the processing of personal data by very large online platforms for the training of models, " * 3
UNBROKEN = "Datenschutzgrundverordnungsauslegungsstreitigkeit" * 6
ARABIC = "قضية تدريب الذكاء الاصطناعي على منشورات الناس (2024) في أوروبا"
HEBREW = "תלונה בעניין אימון של בינה מלאכותית, GDPR 6(1)(f), על פוסטים"
ANSWERS = ("no", "leaning-no", "undecided", "leaning-yes", "yes")


def authority(number: int) -> str:
    return f"authority-{number}"


def authorities() -> list[Raw]:
    return [
        {
            "id": authority(number), "name": f"Authority number {number}", "names": [{"language": "en", "name": f"Authority number {number}"}],
            "short_name": f"DPA {number}", "country": COUNTRIES[number % len(COUNTRIES)], "level": "national", "edpb_member": "yes",
            "languages": ["en"], "sources": [SOURCE],
        }
        for number in range(MANY)
    ]  # fmt: skip


def entry(number: int, day: date, who: int, answer: Optional[str] = None, **rest: Any) -> Raw:
    """A decision with words, or, without an answer, an act alone."""
    acts: Raw = {"id": f"entry-{number}", "date": str(day), "by": authority(who), "act": "decision" if answer else "information-request"}
    words: Raw = {"says": {"quote": f"So it is, for reason {number}", "language": "en", "form": "decision", "answers": {"lawful": answer}}}
    return {**acts, "summary": f"It happened, number {number}.", **(words if answer else {}), "sources": [SOURCE], **rest}


def filed(number: int, day: date, **rest: Any) -> Raw:
    return {"id": f"filed-{number}", "authority": authority(number), "by": ["noyb"], "filed": str(day), "sources": [SOURCE], **rest}


def many_authorities() -> Raw:
    """Half of them spoke, nothing is found of the others."""
    days = [FIRST + timedelta(7 * number) for number in range(MANY)]
    return {
        "searches": [{"date": "2026-11-01", "places": ["press"], "languages": ["en"]}],
        "complaints": [filed(number, FIRST) for number in range(MANY)],
        "entries": [entry(number, days[number], number, ANSWERS[number % 5]) for number in range(0, MANY, 2)],
    }


def long_words() -> Raw:
    said = {"quote": UNBROKEN, "language": "de", "translation": LONG[:200], "form": "decision", "answers": {"lawful": "mixed"}}
    return {
        "title": LONG[:300].strip(),
        "summary": UNBROKEN,
        "key_days": [{"date": str(FIRST), "label": LONG[:120].strip()}],
        "complaints": [filed(0, FIRST, reference_numbers=[UNBROKEN], note=LONG.strip())],
        "entries": [{**entry(0, FIRST, 0, "mixed"), "summary": LONG.strip(), "says": said, "sources": [f"{SOURCE}/{UNBROKEN}"], "scope": UNBROKEN}],
        "deadlines": [{"id": "due", "title": UNBROKEN, "actors": ["acme"], "last_day": "2030-01-01", "basis": "announced", "sources": [SOURCE]}],
    }  # fmt: skip


def right_to_left() -> Raw:
    said = {"quote": ARABIC, "language": "ar", "translation": "A case", "form": "decision", "answers": {"lawful": "no"}}
    return {
        "title": ARABIC,
        "summary": HEBREW,
        "translations": {"nl": {"title": HEBREW}},
        "key_days": [{"date": str(FIRST), "label": HEBREW}],
        "complaints": [filed(0, FIRST, reference_numbers=[HEBREW])],
        "entries": [{**entry(0, FIRST, 0, "no"), "summary": HEBREW, "says": said}],
    }


def one_mind_many_times() -> Raw:
    """One authority, ten answers, no two in a row the same."""
    days = [FIRST + timedelta(100 * number) for number in range(10)]
    return {"complaints": [filed(0, FIRST)], "entries": [entry(number, day, 0, ANSWERS[2 * number % 5]) for number, day in enumerate(days)]}


def many_entries() -> Raw:
    days = [FIRST + timedelta(number) for number in range(2000)]
    return {
        "complaints": [filed(number, FIRST) for number in range(20)],
        "entries": [
            entry(number, day, number % 20, ANSWERS[number // 20 % 5] if number % 5 == 0 else None) for number, day in enumerate(days)
        ],
    }


CASES: dict[str, Raw] = {
    "nothing": {},
    "one-entry": {"entries": [entry(0, FIRST, 0, "yes")]},
    "many-authorities": many_authorities(),
    "many-entries": many_entries(),
    "long-words": long_words(),
    "right-to-left": right_to_left(),
    "one-mind-many-times": one_mind_many_times(),
}


def in_a_list(number: int) -> Raw:
    """One of many cases: titles of every length and direction, more authorities in each, up to all of them."""
    title = (f"Case {number}", LONG[:300].strip(), ARABIC, HEBREW, UNBROKEN)[number % 5]
    asked, spoke = range(min(number * 3 % 40, MANY)), range(20 + number % 7, min(20 + number, MANY), 3)
    found: Raw = {
        "title": title,
        "translations": {"nl": {"title": f"Zaak {number}"}} if number % 2 else {},
        "searches": [{"date": "2026-11-01", "places": ["press"], "languages": ["en"]}],
        "complaints": [filed(who, FIRST) for who in asked],
        "entries": [entry(who, FIRST + timedelta(who), who, ANSWERS[(who + number) % 5]) for who in spoke],
        "deadlines": [{"id": "due", "title": title, "actors": ["acme"], "last_day": "2090-01-01", "basis": "announced", "sources": [SOURCE]}],
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


def listed(number: int) -> dict[str, Raw]:
    """So many cases; the last has every authority in it."""
    found = {f"case-{place}": in_a_list(place) for place in range(number)}
    return {**found, f"case-{number - 1}": many_authorities()} if number else {}


def write(folder: Path, cases: Optional[dict[str, Raw]] = None) -> Path:
    (folder / "cases").mkdir(parents=True)
    dump(folder / "authorities.yml", {"authorities": authorities()})
    others = [{"id": "acme", "kind": "respondent", "name": "Acme"}, {"id": "noyb", "kind": "complainant", "name": "noyb"}]
    dump(folder / "actors.yml", {"actors": others})
    dump(folder / "publishers.yml", {"publishers": [{"host": "example.org", "name": "Example", "kind": "reference"}]})
    for name, case in (CASES if cases is None else cases).items():
        head = {"id": name, "title": name.replace("-", " "), "summary": "A case.", "regime": "gdpr", "respondents": ["acme"]}
        dump(folder / "cases" / f"{name}.yml", head | case)
    return folder

"""The pages of the site, each with a language beside English to look at it in: together all that it speaks."""

from __future__ import annotations

from typing import NamedTuple

CASE = "/-/cases/meta-ai-training-2024"


class Place(NamedTuple):
    path: str
    language: str
    status: int = 200


PAGES = {
    "cases": Place("/-/cases", "de"),
    "cases side by side": Place("/-/cases?view=board&least=1", "pl"),
    "case": Place(CASE, "nl"),
    "case as of a day": Place(f"{CASE}?as_of=2024-06-14", "fr"),
    "deadlines": Place("/-/deadlines", "es"),
    "reckon": Place("/-/deadlines/reckon?rule=gdpr-60-4&start=2024-03-04&calendar=IE", "it"),
    "statements": Place("/-/statements?q=legitimate+int&_size=20", "pl"),
    "changes": Place("/-/changes", "de"),
    "follow-up": Place("/-/follow-up", "nl"),
    "authorities": Place("/-/authorities?case=clearview-ai-2021", "fr"),
    "authorities by phase": Place("/-/authorities", "es"),
    "authority": Place("/-/authorities/at-dsb", "pl"),
    "actor": Place("/-/actors/noyb", "it"),
    "everybody": Place("/-/actors?kind=court", "pl"),
    "for programs": Place("/-/cases/api", "es"),
    "about": Place("/-/cases/about", "de"),
    "download": Place("/-/cases/download", "fr"),
    "no case found": Place("/-/cases?q=zzz", "fr"),
    "no deadline found": Place("/-/deadlines?case=deepseek-2025&actor=at-dsb", "it"),
    "no statement found": Place("/-/statements?q=zzz", "es"),
    "nothing to follow up": Place("/-/follow-up?case=x-grok-training-2024&reason=search-old", "nl"),
}

ERRORS = {
    "no such case": Place("/-/cases/nothing", "nl", 404),
    "no such size": Place("/-/statements?_size=0", "de", 400),
    "no such actor": Place("/-/authorities/nobody", "pl", 404),
}
"""Datasette's own page, with our words."""

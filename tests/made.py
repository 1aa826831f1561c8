"""A small data folder on disk, of any number of cases. Words with accents, every kind of record, valid by every rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from datasette_cases.regimes import collect
from datasette_cases.regimes.gdpr import GDPR

REGIMES = collect([GDPR])
RELEASED = date(2026, 11, 24)

AUTHORITY = """  - id: {id}
    name: Authority {id}
    names:
      - {{language: {language}, name: Autorité {id}}}
    short_name: {id}
    country: {country}
    level: national
    edpb_member: yes
    languages: [{language}]
    calendar: {{country: {country}}}
    sources: [https://example.org/{id}]
"""
AUTHORITIES = (("fr-cnil", "fr", "FR"), ("ie-dpc", "en", "IE"), ("nl-ap", "nl", "NL"))

ACTORS = """actors:
  - id: acme
    kind: respondent
    name: Acme
    country: IE
  - id: noyb
    kind: complainant
    name: noyb
    country: AT
"""

PUBLISHERS = """publishers:
  - host: example.org
    name: Example
    kind: reference
"""

CASE = """id: {id}
title: "Acme: été {number}"
summary: Acme trains on posts. Complaints were lodged with two authorities.
regime: gdpr
respondents: [acme]
subjects:
  - {{id: plan, since: 2024-05-22, title: the plan}}
roles:
  - {{authority: ie-dpc, role: lead, since: 2024-05-22}}
searches:
  - {{date: 2026-01-05, places: [press], languages: [en, nl]}}
complaints:
  - id: fr-noyb
    authority: fr-cnil
    by: [noyb]
    filed: 2024-06-06
    sources: [https://example.org/{id}/fr]
  - id: nl-noyb
    authority: nl-ap
    by: [noyb]
    filed: 2024-06-06
    brought_under: art-80-1
    count: 2
    sources: [https://example.org/{id}/nl]
entries:
  - id: ap-first-word
    date: 2024-06-06/2024-06-14
    by: nl-ap
    summary: Not competent; cannot yet judge whether urgency is called for.
    says:
      quote: Op dit moment heeft de AP onvoldoende informatie om dat te kunnen beoordelen; één reden
      language: nl
      translation: At this moment the AP has too little information to judge that
      form: press-statement
      subject: plan
      answers: {{competent: no, urgent: undecided}}
    sources: [https://example.org/{id}/ap]
  - id: ap-forwards
    date: 2024-09-02
    by: nl-ap
    act: forwarding
    summary: Tells noyb that its complaint went to the Irish DPC.
    complaints: [nl-noyb]
    status: forwarded-to-lead
    sources: [https://example.org/{id}/nl]
deadlines:
  - id: policy
    kind: milestone
    title: New privacy policy takes effect
    actors: [acme]
    last_day: 2024-06-26
    basis: announced
    sources: [https://example.org/{id}/fr]
"""


def folder(path: Path, cases: int = 1) -> Path:
    """Write the folder; its path."""
    (path / "cases").mkdir(parents=True)
    authorities = "".join(AUTHORITY.format(id=name, language=language, country=country) for name, language, country in AUTHORITIES)
    write(path / "authorities.yml", "authorities:\n" + authorities)
    write(path / "actors.yml", ACTORS)
    write(path / "publishers.yml", PUBLISHERS)
    for number in range(cases):
        write(path / "cases" / f"acme-{number}.yml", CASE.format(id=f"acme-{number}", number=number))
    return path


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")

"""The courts of the European Union: actions and appeals. Counted by their own rules of procedure."""

from __future__ import annotations

from functools import partial

from ..law.period import DAY, MONTH, Period
from ..law.time_limit import COURTS, Example, Extension, TimeLimit

limit = partial(
    TimeLimit,
    applies_from="2009-12-01",
    confidence="known",
    counting=COURTS,
    calendar_of="court",
    sources=("https://ecer.minbuza.nl/ecer/dossiers/tijd-in-het-eu-recht/procestermijnen-en-uitspraken/procestermijnen-bij-het-eu-hof",),
)

COURT_LIMITS = (
    limit(
        id="tfeu-263",
        act="TFEU",
        provision="TFEU 263, sixth paragraph; Rules of Procedure of the General Court 58 to 60",
        who="person, member state or institution",
        addressee="General Court",
        starts_with="publication in the Official Journal, notification to the applicant or, without either, knowledge",
        period=Period(2, MONTH),
        extension=Extension(Period(10, DAY), "A single ten days for distance, for everybody, without asking."),
        on_expiry="The action is inadmissible; the court examines this by itself.",
        effect="right-lost",
        summary="Who wants an EU act annulled sues within two months and ten days.",
        note="Controllers can so challenge binding decisions of the Board (C-97/23 P, 10 February 2026). Both notified and published: notification to the addressee counts (C-339/16 P). From publication in the Official Journal, not on a website, time starts at the end of the 14th day. The ten days were not re-read.",
        confidence="text-read",
        sources=(
            "https://ecer.minbuza.nl/ecer/dossiers/tijd-in-het-eu-recht/procestermijnen-en-uitspraken/procestermijnen-bij-het-eu-hof",
            "https://eur-lex.europa.eu/legal-content/LT/TXT/?uri=CELEX%3A62001CO0406",
        ),
        example=Example(
            "2024-12-31",
            "none",
            "2025-03-10",
            "Tuesday 31 December 2024 + two months = Friday 28 February 2025, as there is no 31st; + ten days = Monday 10 March 2025, not on a weekend; holidays are left aside (Rules of Procedure).",
            extended=True,
        ),
    ),
    limit(
        id="tfeu-265",
        act="TFEU",
        provision="TFEU 265, second paragraph",
        who="applicant",
        addressee="General Court",
        starts_with="end of the two months in which the called-upon institution did not define its position",
        period=Period(2, MONTH),
        extension=Extension(Period(10, DAY), "A single ten days for distance, for everybody, without asking."),
        on_expiry="The action is inadmissible.",
        effect="right-lost",
        summary="Who sues an institution for failure to act does so within two months and ten days.",
        note="The second of two steps of two months: first the institution is called upon to act.",
        example=Example(
            "2025-01-08",
            "none",
            "2025-03-18",
            "Wednesday 8 January 2025 + two months + ten days = Tuesday 18 March 2025, not on a weekend; holidays are left aside (Rules of Procedure).",
            extended=True,
        ),
    ),
    limit(
        id="statute-56",
        act="STATUTE-CJEU",
        provision="Statute of the Court of Justice 56",
        who="party to the case before the General Court",
        addressee="Court of Justice",
        starts_with="notification of the General Court's decision",
        period=Period(2, MONTH),
        extension=Extension(Period(10, DAY), "A single ten days for distance, for everybody, without asking."),
        on_expiry="The appeal is inadmissible.",
        effect="right-lost",
        summary="An appeal to the Court of Justice is brought within two months and ten days.",
        example=Example(
            "2025-03-07",
            "none",
            "2025-05-19",
            "Friday 7 March 2025 + two months + ten days = Saturday 17 May 2025; the next working day is Monday 19 May 2025 (moved by the Rules of Procedure).",
            extended=True,
        ),
    ),
)

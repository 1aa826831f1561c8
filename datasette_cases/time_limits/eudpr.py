"""Regulation (EU) 2018/1725, the data protection law of the EU institutions themselves. Known, not re-read."""

from __future__ import annotations

from functools import partial

from ..law.period import HOUR, MONTH, WEEK, Period
from ..law.time_limit import Example, Extension, TimeLimit

limit = partial(
    TimeLimit,
    act="EUDPR",
    applies_from="2018-12-11",
    confidence="known",
    calendar_of="institution",
    sources=("http://data.europa.eu/eli/reg/2018/1725/oj",),
)

EUDPR = (
    limit(
        id="eudpr-14-3",
        provision="Regulation 2018/1725 14(3)",
        who="EU institution as controller",
        addressee="data subject",
        starts_with="receipt of the request",
        period=Period(1, MONTH),
        extension=Extension(Period(2, MONTH), "The requests are complex or many; told within the first month."),
        on_expiry="The institution infringes the article.",
        effect="none-stated",
        summary="An EU institution tells the data subject within one month what it did on the request.",
        example=Example(
            "2025-10-31",
            "EU-COM",
            "2026-02-02",
            "Friday 31 October 2025 + three months = Saturday 31 January 2026 (Art. 3(2)(c)); the next working day is Monday 2 February 2026 (Art. 3(4)).",
            extended=True,
        ),
    ),
    limit(
        id="eudpr-34-1",
        provision="Regulation 2018/1725 34(1)",
        who="EU institution as controller",
        addressee="European Data Protection Supervisor",
        starts_with="the institution becoming aware of the breach",
        period=Period(72, HOUR),
        on_expiry="It must still be notified, with reasons.",
        effect="none-stated",
        summary="An EU institution notifies a breach within 72 hours.",
        note="Whether hours must contain two working days is as disputed as for `gdpr-33-1`.",
        example=Example(
            "2025-12-23T09:10",
            "EU-COM",
            "2025-12-26",
            "The hour of 09:10 on Tuesday 23 December 2025 does not count (Art. 3(1)): from 10:00, 72 hours end at 10:00 on Friday 26 December 2025; that day is a holiday of the institutions, and hours do not move (Art. 3(4)).",
        ),
    ),
    limit(
        id="eudpr-40-2",
        provision="Regulation 2018/1725 40(2)",
        who="European Data Protection Supervisor",
        addressee="EU institution as controller",
        starts_with="receipt of the request for consultation",
        period=Period(8, WEEK),
        extension=Extension(Period(6, WEEK), "The planned processing is complex."),
        on_expiry="The text names no consequence.",
        effect="none-stated",
        summary="The Supervisor advises within eight weeks.",
        example=Example(
            "2025-06-30",
            "EU-COM",
            "2025-08-25",
            "Monday 30 June 2025 + eight weeks = Monday 25 August 2025, a working day at the institutions (Art. 3(2)(c)).",
        ),
    ),
    limit(
        id="eudpr-63-3",
        provision="Regulation 2018/1725 63(3)",
        who="European Data Protection Supervisor",
        addressee="data subject",
        starts_with="lodging of the complaint",
        period=Period(3, MONTH),
        on_expiry="The Supervisor is deemed to have rejected the complaint; that can be challenged.",
        effect="deemed-rejection",
        summary="The Supervisor handles the complaint, or informs of it, within three months.",
        note="Unlike under GDPR 78(2), silence is a decision here.",
        example=Example(
            "2025-09-25",
            "EU-COM",
            "2026-01-05",
            "Thursday 25 September 2025 + three months = Thursday 25 December 2025 (Art. 3(2)(c)); up to Sunday 4 January all are weekend or holidays of the institutions; the next working day is Monday 5 January 2026 (Art. 3(4)).",
        ),
    ),
)

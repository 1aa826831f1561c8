"""National limits for going to court, only where they are certain. Counted by national law."""

from __future__ import annotations

from functools import partial

from ..law.period import DAY, WEEK, Period
from ..law.time_limit import NATIONAL as NATIONAL_RULES
from ..law.time_limit import Example, TimeLimit

limit = partial(TimeLimit, act="NATIONAL", applies_from="2018-05-25", confidence="text-read", counting=NATIONAL_RULES, calendar_of="court")

NATIONAL = (
    limit(
        id="nat-be-108",
        provision="BE: Act of 3 December 2017, Art. 108 § 1",
        who="party; since 2024 also an interested third party",
        addressee="Market Court, Brussels",
        starts_with="notification of the decision of the Litigation Chamber",
        period=Period(30, DAY),
        on_expiry="The appeal is out of time.",
        effect="right-lost",
        summary="Against a decision of the Belgian Litigation Chamber one appeals within thirty days.",
        note="Read on two law firms' pages, not in the act. Belgian rules for a last day on a weekend were not looked up.",
        sources=(
            "https://sub-rosa.be/fr/blog/rgpd-lautorite-de-la-protection-des-donnees-a",
            "https://www.eubelius.com/fr/nouvelles/les-tiers-peuvent-desormais-intervenir-dans-les-procedures-devant-la-chambre-contentieuse",
        ),
        example=Example(
            "2025-03-03",
            "BE",
            "2025-04-02",
            "Monday 3 March 2025 + 30 days = Wednesday 2 April 2025, a working day in Belgium (as most states count).",
        ),
    ),
    limit(
        id="nat-nl-6-7",
        provision="NL: Algemene wet bestuursrecht 6:7",
        who="interested party",
        addressee="authority, or court",
        starts_with="the decision being sent or made known; the period starts on the day after (6:8)",
        period=Period(6, WEEK),
        on_expiry="The objection or appeal is inadmissible.",
        effect="right-lost",
        summary="Against a decision of the Dutch authority one objects or appeals within six weeks.",
        note="A last day on a weekend or holiday moves by the Algemene termijnenwet; that treats Good Friday as a holiday too (not re-read), which a calendar of public holidays may not.",
        sources=("https://www.autoriteitpersoonsgegevens.nl/contact/bezwaar-maken",),
        example=Example(
            "2025-03-10",
            "NL",
            "2025-04-22",
            "Monday 10 March 2025 + six weeks = Monday 21 April 2025, Easter Monday; the next working day is Tuesday 22 April 2025 (moved by the Algemene termijnenwet).",
        ),
    ),
)

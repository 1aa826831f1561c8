"""The closed lists that time limits are described with."""

from __future__ import annotations

from typing import NamedTuple


class Act(NamedTuple):
    """What sets limits. `regime`: the body of law that it belongs to."""

    name: str
    regime: str


ACTS = {
    "GDPR": Act("General Data Protection Regulation, (EU) 2016/679", "gdpr"),
    "REG-2025-2518": Act("Regulation (EU) 2025/2518 on the procedure across borders", "gdpr"),
    "TFEU": Act("Treaty on the Functioning of the European Union", "eu-courts"),
    "STATUTE-CJEU": Act("Statute of the Court of Justice of the European Union", "eu-courts"),
    "EUDPR": Act("Regulation (EU) 2018/1725 on data protection at the EU institutions", "eudpr"),
    "NATIONAL": Act("National law", "national"),
}

KINDS = {
    "max": "The last day on which it can be done in time.",
    "standstill": "The last day on which it must not be done yet.",
    "minimum-before": "Reckoned backwards: the day with which the period before an event begins.",
    "validity": "The last day on which something is valid; it is never moved to a working day.",
    "date": "The text names the days themselves.",
    "set-by-authority": "An authority sets the day, within bounds; that day governs.",
    "other-date": "Another limit or measure sets the day.",
    "no-number": "The text has no number: without delay, or a rule about other limits.",
}

EFFECTS = {
    "infringement": "Who is late infringes the law.",
    "none-stated": "The text names no consequence.",
    "no-invalidity": "What is done late stays valid.",
    "right-lost": "It can no longer be done, or need no longer be heeded.",
    "deemed-agreement": "Silence counts as agreement.",
    "deemed-rejection": "Silence counts as rejection.",
    "judicial-remedy": "One can go to court, or the delay counts there.",
    "provisional-measure-allowed": "Another authority may act for the time being.",
    "competence-shift": "Another authority may become competent.",
    "referral-to-board": "The matter goes to the European Data Protection Board.",
    "majority-rule-changes": "A smaller majority suffices.",
    "standstill": "What had to wait may be done.",
    "expiry-of-validity": "It is no longer valid.",
}

CALENDARS_OF = {
    "actor": "The state of whoever must act; for an act towards an authority or court, the state of that one.",
    "institution": "The institutions of the European Union.",
    "court": "The court, or the authority, that is turned to.",
}

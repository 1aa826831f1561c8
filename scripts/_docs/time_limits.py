"""docs/time-limits.md: every time limit in the package, with a worked example, and what was left out."""

from __future__ import annotations

from typing import Iterator, Mapping

from datasette_cases.law.period import Period
from datasette_cases.law.time_limit import TimeLimit
from datasette_cases.time_limits import ACTS, CALENDARS_OF, EFFECTS, KINDS, LEFT_OUT, TIME_LIMITS

from .markdown import link, table
from .markdown import page as markdown


def page() -> str:
    return markdown("The time limits", contents(), acts(), left_out(), words())


def contents() -> Iterator[str]:
    yield (
        "What each statute says, in our words; the statute decides. Counted by Regulation (EEC, Euratom) No 1182/71 unless said "
        "otherwise. The articles in the examples are those of that Regulation."
    )
    yield (
        "Only where it says so was a limit *known, not re-read* in the text. An example without a state knows weekends only: "
        "holidays of the EU institutions are known for 2025 and 2026."
    )
    yield (
        f"{len(TIME_LIMITS)} limits: {', '.join(link(act.name, act.name) for act in ACTS.values())}. "
        f"{len(LEFT_OUT)} were {link('left out', 'Left out')}. The words are explained at {link('the end', 'The words')}."
    )


def acts() -> Iterator[str]:
    for id, act in ACTS.items():
        yield f"## {act.name}"
        for limit in TIME_LIMITS.values():
            if limit.act == id:
                yield from about(limit)


def about(limit: TimeLimit) -> Iterator[str]:
    yield f"### {limit.provision}: `{limit.id}`"
    yield limit.summary
    yield "\n".join(f"- {name}: {text}" for name, text in facts(limit).items() if text)


def facts(limit: TimeLimit) -> Mapping[str, str | None]:
    return {
        "Who": f"{limit.who}, towards {limit.addressee}" if limit.addressee else limit.who,
        "From": limit.starts_with,
        "Length": f"{said(limit.period)} (`{limit.kind}`)" if limit.period else f"`{limit.kind}`",
        "Longer": f"{said(limit.extension.by)} more. {limit.extension.condition}" if limit.extension else None,
        "Suspended": limit.suspension,
        "Afterwards": f"{limit.on_expiry} (`{limit.effect}`)",
        "Applies": f"from {limit.applies_from}{f' to {limit.applies_to}' if limit.applies_to else ''}. {limit.applies_note or ''}".rstrip(),
        "Counted by": None if limit.counting == "R1182" else f"`{limit.counting}`",
        "Holidays of": f"`{limit.calendar_of}`" if limit.period else None,
        "Checked": None if limit.confidence == "text-read" else f"`{limit.confidence}`: not re-read in the text.",
        "Note": limit.note,
        "Example, extended" if limit.example and limit.example.extended else "Example": limit.example.why if limit.example else None,
        "Text": ", ".join(f"<{source}>" for source in limit.sources),
    }


def said(period: Period) -> str:
    return f"{period.count} {period.unit.replace('-', ' ')}{'' if period.count == 1 else 's'}"


def left_out() -> Iterator[str]:
    yield "## Left out"
    yield table(("id", "why"), ((f"`{id}`", reason) for id, reason in LEFT_OUT.items()))


def words() -> Iterator[str]:
    yield "## The words"
    for name, meanings in (("Kind", KINDS), ("Effect", EFFECTS), ("Holidays of", CALENDARS_OF)):
        yield table((name.lower(), "meaning"), ((f"`{word}`", meaning) for word, meaning in meanings.items()))

"""What is asked of made-up data, to see what it costs: every page, feed and call, with ten lines on a page of a list, so that the answers
of a small and a large database are alike."""

from __future__ import annotations

CASE = "case-000000"
"""The case that is of the same size in every database."""

ONE = (
    f"/-/cases/{CASE}", f"/-/cases/{CASE}?as_of=2022-01-01", f"/-/cases/{CASE}.json", f"/-/cases/{CASE}.svg", f"/-/cases/{CASE}.ics",
    "/-/cases/about", f"/-/authorities?case={CASE}",
)  # fmt: skip
LISTS = (
    "/-/cases?_size=10", "/-/cases.json?_size=10", "/-/cases.csv?_size=10", "/-/cases?view=board&_size=10",
    "/-/deadlines?_size=10", "/-/deadlines.json?_size=10", "/-/deadlines.ics?_size=10",
    "/-/statements?_size=10", "/-/statements.json?_size=10", "/-/statements.csv?_size=10",
    "/-/changes?_size=10", "/-/changes.json?_size=10", "/-/changes.atom", "/-/authorities", "/-/authorities.json",
)  # fmt: skip
"""Lists as they come."""
NARROWED = (
    "/-/cases?authority=at-one&_size=10", "/-/cases?topic=ai&_size=10", "/-/cases?phase=closed&_size=10", "/-/cases?year=2020&_size=10",
    "/-/deadlines?actor=at-one&_size=10", f"/-/deadlines?case={CASE}&_size=10", "/-/deadlines?group=passed&_size=10",
    "/-/deadlines?month=2027-03&_size=10", "/-/deadlines?rule=gdpr-78-2&_size=10", "/-/deadlines.ics?actor=at-one&_size=10",
    "/-/statements?actor=at-one&_size=10", f"/-/statements?case={CASE}&_size=10", "/-/statements?question=lawful&answer=no&_size=10",
    "/-/statements?form=letter&_size=10", "/-/statements?kind=court&_size=10", "/-/statements?from=2022-01-01&to=2022-12-31&_size=10",
)  # fmt: skip
SORTED = tuple(f"/-/cases?_sort={column}&_size=10" for column in ("title", "opened", "complaints", "nothing_found", "next_deadline"))
SEARCHED = (
    "/-/cases?q=authority&_size=10", "/-/cases?q=company-1&_size=10",
    "/-/statements?q=authority&_size=10", "/-/statements?q=authority&_sort=relevance&_size=10", "/-/statements?q=case-000000&_size=10",
)  # fmt: skip
PEOPLE = (
    "/-/authorities/at-one?_size=10",
    "/-/authorities/at-one.json?_size=10",
    "/-/authorities/is-two?_size=10",
    "/-/actors/company-1?_size=10",
)
FOLLOW_UP = ("/-/follow-up?_size=10", "/-/follow-up.json?_size=10")
ADDRESSES = (*ONE, *LISTS, *NARROWED, *SORTED, *SEARCHED, *PEOPLE, *FOLLOW_UP)

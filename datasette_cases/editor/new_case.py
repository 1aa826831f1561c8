"""A new case file: what has to be there, and a line for each of all that can be, made from the model."""

from __future__ import annotations

from datetime import date
from textwrap import wrap
from typing import Any, Mapping, Sequence

from pydantic import BaseModel

from ..model.case import Case
from ..model.fields import Context
from ..source import format as form
from ..source.read import RESERVED, read_library
from ..source.validate import model_in
from ..vocabulary import Regime
from . import rules
from .ask import Question, Refused, asked, given
from .newcomers import Newcomers
from .place import flow
from .tracker import EditorError, Tracker
from .write import Change, require_sound, write

OPTIONS = {"title": "title", "summary": "summary", "regime": "regime", "respondent": "respondents"}
"""Option → the key that it answers."""
HEAD = """# Add what was done and said, a fact at a time: datasette cases add {id}
# See it while you write:                       datasette cases preview
"""
FOOT = """# What else can stand here, each when there is something to write. All keys: the page "The data" of the documentation.
"""


def new_case(
    tracker: Tracker,
    case_id: str,
    options: Mapping[str, Any],
    regimes: Mapping[str, Regime],
    released: date,
    joining: Sequence[tuple[str, str, str]] = (),
) -> list[Change]:
    """Write the file of a new case: the changes made. What is not in `options` is asked; `joining`: new actors.

    EditorError: the id cannot be a new case's. DataProblems: the folder would not pass the check. Nothing is written then.
    """
    require_new(tracker, case_id)
    require_sound(tracker, [], regimes, released)
    known = Context({"regime": frozenset(regimes)}, released=released)
    people = Newcomers(
        tracker, read_library(tracker.data, str(tracker.data)), any(options.get(key) in (None, ()) for key in OPTIONS), known
    )
    people.join(joining, ())
    answers = {q.key: asked(q) if options.get(q.key) in (None, ()) else given(q, options[q.key]) for q in questions(regimes, people)}
    changes = [*people.changes(), Change(tracker.case(case_id), None, skeleton(case_id, answers))]
    require_sound(tracker, changes, regimes, released)
    if not write(tracker, changes):
        raise EditorError(f"{tracker.case(case_id)}: somebody else changed a file meanwhile; try again. Nothing was written")
    return changes


def require_new(tracker: Tracker, case_id: str) -> None:
    """The id can be that of a new case."""
    try:
        rules.require(Case, Context(), id=case_id)
    except Refused as refusal:
        raise EditorError(f"{refusal}, such as meta-ai-training-2024. Nothing was written") from None
    if case_id in RESERVED:
        raise EditorError(f'found "{case_id}", which is an address of the site; choose another id. Nothing was written')
    path = tracker.case(case_id)
    if path.exists():
        raise EditorError(f"{path}: this case is there already; choose another id, or add to it: datasette cases add {case_id}")


def questions(regimes: Mapping[str, Regime], people: Newcomers) -> list[Question]:
    """What has to be known of a case."""
    laws = {one.id: one.name for one in regimes.values()}
    return [
        Question("title", "Title", rules.text(Case, people.context(), "title")),
        Question("summary", "Summary, two to four sentences in your own words", rules.text(Case, people.context(), "summary")),
        Question("regime", "Body of law (? for the list)", rules.text(Case, people.context(), "regime"), laws, default=next(iter(laws))),
        Question("respondent", "Who is complained of (? for the list)", people.reader(Case, "respondents"), people.words()),
    ]


def skeleton(case_id: str, answers: Mapping[str, Any]) -> str:
    """A case file's text in canonical form: answers, and behind them each other key with its meaning."""
    lines = [HEAD.format(id=case_id), f"id: {case_id}\n"]
    for option, key in OPTIONS.items():
        lines.append(f"# {Case.model_fields[key].description}\n{key}: {flow(answers[option])}\n")
    lines.append(FOOT)
    for name, info in Case.model_fields.items():
        if name not in ("id", *OPTIONS.values()):
            inner = model_in(info.annotation)
            about = [f"{name}: {info.description}", *(wrap(_keys(inner), form.WIDTH - 4) if inner else ())]
            lines.append("#\n" + "\n".join(f"#{'   ' if number else ' '}{line}" for number, line in enumerate(about)) + "\n")
    return form.canonical("".join(lines), Case)


def _keys(model: type[BaseModel]) -> str:
    """The keys that a record needs, and those that it can have."""
    needed = [info.alias or name for name, info in model.model_fields.items() if info.is_required()]
    more = [info.alias or name for name, info in model.model_fields.items() if not info.is_required()]
    return "; ".join(filter(None, (f"each has {', '.join(needed)}" if needed else "", f"can have {', '.join(more)}" if more else "")))

"""Made-up data of any size, to measure with: as a database, through the project's own model and store, or as files of an editor."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Callable, Iterator, NamedTuple

from datasette_cases.model.actor import Actor, Authority, Publisher
from datasette_cases.model.case import Case
from datasette_cases.regimes import load
from datasette_cases.source.format import canonical, model_of
from datasette_cases.source.read import Library
from datasette_cases.store.build import Built, Progress, silent, write

from . import library
from .chronicle import RELEASED, Chronicles, sizes
from .library import Raw


class Load(NamedTuple):
    """What is to be made: so many cases with so many statements together. The same three numbers make the same data."""

    cases: int
    statements: int
    seed: int

    def chronicles(self) -> Iterator[Raw]:
        """One case after the other; none is kept."""
        made = Chronicles(self.seed, library.cast(self.cases))
        for number, size in enumerate(sizes(self.cases, self.statements, Random(self.seed))):
            yield made.case(number, size)

    def build(self, target: Path, progress: Progress = silent, records: Callable[[Iterator[Case]], Iterator[Case]] = iter) -> Built:
        """The database. `records`: what the cases pass through on their way to the store, such as a clock."""

        def cases() -> Iterator[Case]:
            for number, raw in enumerate(self.chronicles(), 1):
                yield Case.model_validate(raw)
                progress("cases", number, self.cases)

        files = Library(
            [Authority.model_validate(one) for one in library.authorities()],
            [Actor.model_validate(one) for one in library.actors(library.cast(self.cases))],
            {one["host"]: Publisher.model_validate(one) for one in library.publishers()},
        )
        return write(target, files, records(cases()), lambda: str(tuple(self)), load(), RELEASED, progress)

    def files(self, folder: Path, progress: Progress = silent) -> None:
        """A data folder: what `datasette cases check` accepts, and `build` makes the same database of, but for its digest."""
        (folder / "cases").mkdir(parents=True)
        shared = {
            "authorities": library.authorities(),
            "actors": library.actors(library.cast(self.cases)),
            "publishers": library.publishers(),
        }
        for name, records in shared.items():
            _write(folder / f"{name}.yml", {name: records})
        # Files are read in order of name: numbers of one length keep the cases in theirs.
        for number, raw in enumerate(self.chronicles(), 1):
            _write(folder / "cases" / f"{raw['id']}.yml", raw)
            progress("cases", number, self.cases)


def _write(path: Path, record: Raw) -> None:
    """JSON is YAML; the canonical form is what an editor would see."""
    path.write_text(canonical(json.dumps(record, ensure_ascii=False), model_of(path)), encoding="utf-8")

"""Random cases, each once and the same in every run, as a data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings

from ..strategies import Raw, actors, authorities, publishers, raw_cases


def collect(number: int) -> list[Raw]:
    """What one run of hypothesis draws. The profile has no seed that changes: it draws the same each time."""
    found: list[Raw] = []

    @settings(max_examples=number)
    @given(raw_cases())
    def draw(case: Raw) -> None:
        found.append(case)

    draw()
    return found[:number]


def write(folder: Path, number: int) -> Path:
    """Write them as <folder>/cases/random-0.yml and so on; the folder."""
    (folder / "cases").mkdir(parents=True)
    dump(folder / "authorities.yml", {"authorities": [record(one) for one in authorities()]})
    dump(folder / "actors.yml", {"actors": [record(one) for one in actors()]})
    dump(folder / "publishers.yml", {"publishers": [record(one) for one in publishers().values()]})
    for place, case in enumerate(collect(number)):
        dump(folder / "cases" / f"random-{place}.yml", {**case, "id": f"random-{place}"})
    return folder


def record(model: Any) -> dict[str, Any]:
    values: dict[str, Any] = model.model_dump(mode="json", exclude_none=True, exclude_unset=True)
    return {key: {True: "yes", False: "no"}[value] if isinstance(value, bool) else value for key, value in values.items()}


def dump(path: Path, value: Any) -> None:
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")

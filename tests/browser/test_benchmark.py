"""`scripts/benchmark --pages`: it measures every page, and none of them is heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import chromium

from ..site import ROOT

BUDGET = 60
"""KB of a first visit, compressed, with all that the page is made of."""


def test_a_first_visit_is_light(site: str, real_db: Path) -> None:
    command = [
        sys.executable,
        str(ROOT / "scripts/_benchmark/pages.py"),
        str(real_db),
        site,
        "1",
        str(chromium.find()),
        *chromium.arguments(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    head, _, *lines = ([cell.strip() for cell in line.strip("|").split("|")] for line in done.stdout.splitlines())
    rows = [dict(zip(head, line, strict=True)) for line in lines]
    assert {"case", "statements, 100", "authorities with map", "deadlines", "changes", "about"} <= {row["page"] for row in rows}
    for row in rows:
        assert 0.5 < float(row["HTML KB"]) < float(row["all KB"]) < BUDGET and float(row["CSS KB"]) > 1, row
        assert 0 < float(row["first paint ms"]) <= float(row["largest paint ms"]), row
        assert (int(row["SELECTs"]) > 0) == (row["page"] not in ("about", "reckon")), row

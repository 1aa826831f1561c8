"""Bytes → the reader of data files, guided by what of it they reach. Run in an environment with atheris: reader.py CORPUS SECONDS.

An exception is a finding, and so are ten seconds for one small file, or a problem that does not fit on one line.
"""

import sys
import tempfile
from datetime import date
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["yaml", "datasette_cases.source", "datasette_cases.model"]):
    from datasette_cases.regimes import load
    from datasette_cases.source.read import read_case, read_library

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = ROOT / "tests/data/good"
LIBRARY, REGIMES, RELEASED = read_library(GOOD, "data"), load(), date(2026, 11, 24)
CASE = Path(tempfile.mkdtemp(prefix="datasette-cases-fuzz-")) / "plan.yml"


def one(data: bytes) -> None:
    CASE.write_bytes(data)
    found = read_case(CASE, "plan.yml", LIBRARY, REGIMES, RELEASED)
    assert (found.case is None) == bool(found.problems)
    for problem in found.problems:
        assert len(str(problem).splitlines()) == 1


if __name__ == "__main__":
    corpus, seconds = sys.argv[1:3]
    # What is found along the way goes into the first folder; the others are only read.
    folders = [corpus, *(str(ROOT / "tests/corpus" / name) for name in ("reader", "found")), str(GOOD / "cases")]
    limits = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=1024", "-max_len=4096", "-print_final_stats=1", "-verbosity=1"]
    atheris.Setup([sys.argv[0], f"-artifact_prefix={corpus}/", *limits, *folders], one)
    atheris.Fuzz()

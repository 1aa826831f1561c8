"""Another body of law, brought by another installed distribution: its case is checked, built and shown."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from .site import ROOT, serve

TINY = '''\
"""A law about noise: one question, two statuses."""

from datasette import hookimpl

from datasette_cases.vocabulary import ANSWER, Question, Regime, Vocabulary, Word

LOUD = Vocabulary("loud", tuple(Word(word.value, f"Loud: {word.label}", word.meaning, rank=word.rank) for word in ANSWER))
NOISE = Regime(
    id="noise", name="Noise Ordinance", short="Noise",
    questions=(Question("loud", "Is it loud?", "Loud?", "Is the noise loud?", LOUD, coloured=True),),
    phases=Vocabulary("phase", (Word("heard", "Heard", "Somebody heard it."), Word("quiet", "Quiet", "It is over."))),
    statuses=Vocabulary("status", (
        Word("reported", "Reported", "Somebody reported it.", phase="heard"),
        Word("silenced", "Silenced", "It has stopped.", phase="quiet"),
    )),
    lodged="reported", decided="silenced", closed="quiet",
    translations={"nl": {"Reported": "Gemeld", "Is it loud?": "Is het luid?", "Loud?": "Luid?", "Noise": "Geluid",
                         "Noise Ordinance": "Geluidsverordening", "Loud: Yes": "Luid: ja"}},
)


@hookimpl
def cases_regimes():
    return [NOISE]
'''

CASE = """\
id: loud-party
title: A loud party
summary: Somebody complains of a party.
regime: noise
respondents: [meta-platforms-ireland]
complaints:
  - id: first
    authority: nl-ap
    by: [noyb]
    filed: 2024-06-06
    sources: [https://noyb.eu/en/party]
entries:
  - id: hears-it
    date: 2024-06-07
    by: nl-ap
    summary: Hears it too.
    says:
      form: press-statement
      answers: {loud: yes}
    sources: [https://noyb.eu/en/party]
  - id: silences-it
    date: 2024-06-08
    by: nl-ap
    act: decision
    summary: Orders silence.
    complaints: all
    sources: [https://noyb.eu/en/party]
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of installed distributions with the other regime, and data with a case under it."""
    folder = tmp_path_factory.mktemp("noise")
    info = folder / "packages" / "noise_regime-0.1.dist-info"
    info.mkdir(parents=True)
    (folder / "packages" / "noise_regime.py").write_text(TINY, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: noise-regime\nVersion: 0.1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[datasette]\nnoise = noise_regime\n", encoding="utf-8")
    data = folder / "data"
    (data / "cases").mkdir(parents=True)
    for name in ("authorities.yml", "actors.yml", "publishers.yml"):
        shutil.copy(ROOT / "data" / name, data)
    (data / "cases" / "loud-party.yml").write_text(CASE, encoding="utf-8")
    return folder


def run(site: Path, *arguments: str, packages: bool = True) -> subprocess.CompletedProcess[str]:
    """Datasette's own command line, with or without the other distribution installed."""
    environment = {**os.environ, "PYTHONPATH": str(site / "packages") if packages else ""}
    command = [sys.executable, "-m", "datasette", *arguments]
    return subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.asyncio
async def test_a_case_under_another_law(site: Path) -> None:
    built = run(site, "cases", "build", "data", "noise.db", "--released", "2026-11-24")
    assert built.returncode == 0, built.stderr
    with sqlite3.connect(site / "noise.db") as db:
        assert db.execute("select loud, loud_since, status from standing").fetchall() == [("yes", "2024-06-07", "silenced")]
        assert db.execute("select complaints_open, complaints_closed from proceedings").fetchall() == [(0, 1)]
    # The file is served by an installation that has never heard of that law.
    datasette = await serve(site / "noise.db")
    page = BeautifulSoup((await datasette.client.get("/-/cases/loud-party?as_of=2024-06-07&_lang=nl")).text, "html5lib")
    row = page.find(id="authority-nl-ap")
    assert row is not None
    shown = " ".join(row.get_text(" ").split())
    assert "Luid: ja" in shown and "Gemeld" in shown
    stance = (await datasette.client.get("/-/cases/loud-party.json")).json()["authorities"][0]["stance"]
    assert stance.keys() == {"loud"} and stance["loud"]["label"] == "Loud: Yes"
    about = (await datasette.client.get("/-/cases/about")).text
    assert "Noise Ordinance" in about and "General Data Protection Regulation" in about


def test_a_law_that_is_not_installed_is_an_unknown_word(site: Path) -> None:
    checked = run(site, "cases", "check", "data", "--released", "2026-11-24", packages=False)
    assert checked.returncode == 1
    assert checked.stderr.splitlines()[0].startswith('data/cases/loud-party.yml:4:9: regime: found "noise"')


def test_two_laws_of_one_name_are_refused(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "twice")
    packages = tmp_path / "twice" / "packages"
    (packages / "noise_regime.py").write_text(TINY.replace('id="noise"', 'id="gdpr"'), encoding="utf-8")
    checked = run(tmp_path / "twice", "cases", "check", "data")
    assert checked.returncode == 1
    assert "two installed packages bring the regime 'gdpr'" in checked.stderr

"""What is installed with the plugin: SECURITY.md names each, with its licence, and no other."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, distribution

import pytest
from packaging.requirements import Requirement

from datasette_cases.store.counts import TABLES as COUNTED

from .site import ROOT

pytestmark = pytest.mark.once

LICENCES = {
    "Apache-2.0": r"apache", "BSD": r"\bbsd\b", "MIT": r"\bmit\b", "MPL-2.0": r"\bmpl\b|mozilla", "PSF-2.0": r"\bpsf\b|python software", "public domain": r"public domain",
    "Artistic": r"artistic",
}  # fmt: skip
"""Permissive ones, and how a package says that it has one."""
OF_SOME_PYTHONS = ("exceptiongroup", "tomli")
"""What only an older Python lacks."""


def installed(name: str, found: dict[str, Distribution]) -> dict[str, Distribution]:
    """A package and what it asks for, as it is installed here, by name. Extras are nobody's unless they are asked for."""
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key not in found:
        found[key] = distribution(name)
        for wanted in map(Requirement, found[key].requires or ()):
            if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
                installed(wanted.name, found)
    return found


def licence(package: Distribution) -> str:
    """The first licence by which it may be used; AssertionError where none is known to be permissive."""
    about = package.metadata
    said = [about.get("License-Expression") or "", (about.get("License") or "").partition("\n")[0], *(about.get_all("Classifier") or ())]
    for text in (one.lower() for one in said if one and ("::" not in one or one.startswith("License ::"))):
        for name, pattern in LICENCES.items():
            if re.search(pattern, text):
                return name
    raise AssertionError(f"{about['Name']}: {said}")


def test_every_package_that_comes_along_is_named_with_its_licence() -> None:
    found = {name: licence(package) for name, package in installed("datasette-cases", {}).items() if name != "datasette-cases"}
    listed = (ROOT / "SECURITY.md").read_text(encoding="utf-8").partition("| --- | --- |\n")[2]
    named = dict(re.findall(r"^\| (\S+) \| (.+) \|$", listed, re.MULTILINE))
    assert len(named) > 30
    for name in OF_SOME_PYTHONS:
        found.pop(name, None)
    assert found == named


def test_what_the_build_counts_is_named_where_it_is_said_what_to_hide() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert [name for name in COUNTED if f"`{name}`" not in text] == []

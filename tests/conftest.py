"""What all tests share: random cases are the same in every run, and a failing one prints how to repeat it. For scripts/fuzz they are
others in every run, and more."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from .site import ROOT, built

settings.register_profile(
    "ci", deadline=None, derandomize=True, print_blob=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", settings.get_profile("ci"), derandomize=False, max_examples=2000)
settings.load_profile("ci")


@pytest.fixture(scope="session")
def real_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the project's own data."""
    return built(ROOT / "data", tmp_path_factory.mktemp("real") / "cases.db")

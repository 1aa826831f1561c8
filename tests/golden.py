"""Golden files: what the program writes is what stands in tests/golden/. `GOLDEN=write` in the environment writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def same(name: str, text: str) -> None:
    """The text is what the golden file of this name holds; look at the difference before you write it anew."""
    path = FOLDER / name
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"no {path.name}: run the test with GOLDEN=write, and look at what it wrote"
    assert text == path.read_text(encoding="utf-8"), f"{path.name} differs: GOLDEN=write writes it anew; look at the difference"

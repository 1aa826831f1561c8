"""What there is to take away: the whole record in each form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class File:
    """`key`: `sqlite`, `csv`, `jsonl` or `dcat`. `bytes`, `digest` (as `sha256:…`): null where they are not known before it is made."""

    key: str
    name: str
    path: str
    bytes: Optional[int] = None
    digest: Optional[str] = None


@dataclass(frozen=True)
class DownloadPage:
    """`reconcile`: the address of the service that matches other lists."""

    released: str
    release: int
    files: tuple[File, ...]
    licence: Optional[str]
    licence_url: Optional[str]
    cited: str
    reconcile: str

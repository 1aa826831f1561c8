"""Images in pixels, where the extra `png` is installed: drawn one after the other, each in a process of its own."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Optional

from datasette import Response

from ..render import png
from .pages import DatasetteError, Visit, respond_bytes

HERE = Path(__file__).parent
FONTS = tuple(sorted((HERE / "fonts").glob("*.ttf")))
TIME_LIMIT = 20
"""Seconds after which an image is given up."""
MOST_WAITING = 8
"""Images that wait to be drawn; who asks for one more is asked to come again."""

_thread = ThreadPoolExecutor(1, "datasette-cases-png")
_waiting = 0


@cache
def library() -> Optional[Path]:
    """The folder of the library that makes pixels of SVG; None where it is not installed."""
    found = find_spec("resvg_py")
    return Path(found.origin).parent.parent if found and found.origin else None


@cache
def looks(*names: str) -> str:
    """Stylesheets with the colours of light paper written in."""
    read = [(HERE / "static" / name).read_text(encoding="utf-8") for name in ("tokens.css", *names)]
    return png.looks(read[0], "".join(read[1:]))


def require_library(visit: Visit) -> None:
    if not library():
        message = visit.texts.gettext("This site makes no PNG images: its server needs %(command)s")
        raise DatasetteError(message % {"command": "pip install datasette-cases[png]"}, status=501)


def width_asked(visit: Visit) -> Optional[int]:
    text = visit.request.args.get("width")
    least, most = png.WIDTHS
    if text and not (text.isascii() and text.isdecimal() and len(text) < 6 and least <= int(text) <= most):
        message = visit.texts.gettext("%(name)s: expected a number from %(least)s to %(most)s")
        raise visit.refuse(message % {"name": "width", "least": least, "most": most})
    return int(text) if text else None


async def respond_png(visit: Visit, svg: str, width: Optional[int] = None) -> Response:
    global _waiting
    if _waiting >= MOST_WAITING:
        raise DatasetteError(visit.texts.gettext("Too many images are being drawn; please come again"), status=503)
    _waiting += 1
    try:
        drawn = await asyncio.get_running_loop().run_in_executor(_thread, rasterized, svg, png.size(svg, width))
    finally:
        _waiting -= 1
    return respond_bytes(visit, drawn, "image/png")


def rasterized(svg: str, size: png.Size) -> bytes:
    command = [sys.executable, "-I", str(HERE / "rasterize.py"), str(library()), *map(str, size), *map(str, FONTS)]
    done = subprocess.run(command, input=png.letters(svg).encode("utf-8"), capture_output=True, check=True, timeout=TIME_LIMIT)
    return done.stdout

"""Templates → HTML. Ours, as they are shipped, await nothing: rendered without Datasette's machinery they take half the time."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Optional
from weakref import WeakKeyDictionary

from datasette.utils import display_actor
from datasette.utils.asgi import Request
from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup, escape

from . import adapter

TEMPLATES = Path(__file__).parent / "templates"

_escaped = lru_cache(4096)(escape)
SHORT = 1000
"""Letters of a text that may be remembered: those on many pages are short, long ones may be whatever a stranger asked for."""


def quick(value: Any) -> Markup:
    """`escape`, which is a quarter of the time of a page: a text that was there before is known."""
    return _escaped(value) if type(value) is str and len(value) <= SHORT else escape(value)


class Loader(FileSystemLoader):
    """Templates whose output is escaped by `quick`: they look the function up by its name."""

    def load(self, *arguments: Any, **more: Any) -> Template:
        template = super().load(*arguments, **more)
        template.root_render_func.__globals__["escape"] = quick
        return template


OWN = Environment(loader=Loader(TEMPLATES), autoescape=True)

_ours: WeakKeyDictionary[Environment, bool] = WeakKeyDictionary()


def ours(ds: Any, request: Request) -> bool:
    """Whether this request gets our templates: none is replaced by one of the site's own, or of another plugin."""
    environment = adapter.environment(ds, request)
    if environment not in _ours:
        names = [path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")]
        _ours[environment] = all(_file(environment, name) == str(TEMPLATES / name) for name in names)
    return _ours[environment]


def _file(environment: Environment, name: str) -> Optional[str]:
    """Where a template stands. Compiling all of them to know it would take half a second."""
    return environment.loader.get_source(environment, name)[1] if environment.loader else None


async def render(ds: Any, request: Request, template: str, context: dict[str, Any], menu: list[dict[str, Any]]) -> str:
    """A page in our templates; in the site's own by Datasette, which knows what those may ask for."""
    if not ours(ds, request):
        return str(await ds.render_template(template, context, request=request))
    more = {"request": request, "urls": ds.urls, "actor": request.actor, "display_actor": display_actor, "menu_links": lambda: menu}
    return OWN.get_template(template).render({**context, **more})

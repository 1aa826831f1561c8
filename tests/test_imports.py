"""One way, from file to page: which folder may import which, told from the text of the modules. Nothing is run.

A folder that has no modules yet is checked as soon as it has.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import Iterator, NamedTuple

import pytest

PACKAGE = Path(__file__).parent.parent / "datasette_cases"

MAY_IMPORT = {
    "vocabulary": "",
    "regimes": "vocabulary",
    "hookspecs": "vocabulary",
    "i18n": "",
    "model": "vocabulary",
    "law": "vocabulary",
    "calendars": "law",
    "time_limits": "law",
    "source": "model vocabulary regimes law calendars time_limits",
    "query": "",
    "store": "model law calendars time_limits source vocabulary i18n query history",
    "page": "query vocabulary i18n law",
    "render": "page i18n",
    "audit": "source store query vocabulary",
    "history": "query page vocabulary",
    "plugin": "hookspecs regimes vocabulary law calendars time_limits query page render i18n editor export cli",
    "asgi": "plugin",
    "cli": "audit history regimes model source store law calendars time_limits vocabulary i18n query page render export",
    "export": "",
    "editor": "cli regimes model source store vocabulary i18n render",
}
"""Which parts of the package each part may import, beside itself and the version number."""

MAY_USE = {
    "vocabulary": "",
    "regimes": "datasette",
    "hookspecs": "pluggy",
    "i18n": "babel",
    "model": "pydantic pydantic_core",
    "law": "",
    "calendars": "",
    "time_limits": "",
    "source": "pydantic yaml",
    "query": "",
    "store": "pydantic slugify sqlite_utils",
    "page": "",
    "render": "babel markupsafe",
    "audit": "",
    "history": "",
    "plugin": "babel click datasette jinja2 markupsafe uvicorn resvg_py",
    "asgi": "datasette",
    "export": "yaml",
    "cli": "click",
    "editor": "click datasette pydantic uvicorn yaml",
}
"""Which packages of others each part may import, beside the standard library."""

PURE = ("vocabulary", "model", "law", "time_limits", "query", "page", "render", "history")
"""Neither clock, disk nor network."""
CLOCKLESS = (*PURE, "regimes", "calendars", "source", "store", "audit", "export")
"""Nothing before the page knows what day it is; the build is told."""

CLOCK_MODULES = {"time", "zoneinfo"}
OUTSIDE_MODULES = {
    "asyncio", "ftplib", "glob", "http", "httpx", "io", "os", "pathlib", "requests", "shutil", "smtplib", "socket", "sqlite3", "ssl",
    "subprocess", "tempfile", "urllib.request", "urllib3",
}  # fmt: skip
CLOCK_CALLS = {"today", "now", "utcnow", "fromtimestamp", "localtime", "gmtime", "monotonic", "time_ns"}
OUTSIDE_CALLS = {"open", "input", "print", "read_text", "read_bytes", "write_text", "write_bytes", "urlopen", "socket"}


class Import(NamedTuple):
    """One import. `name` is the whole name of a module; `lazy`: inside a function."""

    path: Path
    line: int
    name: str
    lazy: bool

    def __str__(self) -> str:
        return f"{self.path.relative_to(PACKAGE.parent)}:{self.line} imports {self.name}"

    @property
    def part(self) -> str:
        """The part of our package that is imported; empty for its root or for a package of others."""
        names = self.name.split(".")
        return names[1] if names[0] == PACKAGE.name and len(names) > 1 else ""


def modules(part: str) -> list[Path]:
    """The modules of a part of the package: a folder, or a single file."""
    single = PACKAGE / f"{part}.py"
    return [single] if single.exists() else sorted((PACKAGE / part).rglob("*.py"))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def lazily(module: ast.Module) -> set[ast.AST]:
    """Everything that stands inside a function."""
    functions = (node for node in ast.walk(module) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)))
    return {inner for function in functions for inner in ast.walk(function)}


def imports(path: Path) -> Iterator[Import]:
    """All imports of a module, by whole names; `from .. import x` imports the module x where there is one."""
    module = tree(path)
    inside = lazily(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(path, node.lineno, alias.name, node in inside)
        elif isinstance(node, ast.ImportFrom):
            source = absolute(path, node)
            for alias in node.names:
                inner = f"{source}.{alias.name}"
                yield Import(path, node.lineno, inner if is_module(inner) else source, node in inside)


def absolute(path: Path, node: ast.ImportFrom) -> str:
    """The whole name of the module that an import is from."""
    if not node.level:
        return node.module or ""
    here = path.relative_to(PACKAGE.parent).parent.parts
    base = here[: len(here) - node.level + 1]
    return ".".join((*base, *((node.module,) if node.module else ())))


def is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return name.startswith(PACKAGE.name) and (path.with_suffix(".py").exists() or path.is_dir())


def test_every_part_of_the_package_has_its_place_in_the_direction() -> None:
    found = {path.stem for path in PACKAGE.glob("*.py") if path.stem != "__init__"}
    found |= {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert found <= MAY_IMPORT.keys()
    assert MAY_IMPORT.keys() == MAY_USE.keys()
    assert all(modules(part) for part in ("vocabulary", "model", "source", "store", "query", "plugin", "cli"))


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_a_part_imports_only_what_comes_before_it(part: str) -> None:
    allowed = {part, "", *MAY_IMPORT[part].split()}
    assert [str(found) for path in modules(part) for found in imports(path) if found.part not in allowed] == []


@pytest.mark.parametrize("part", MAY_USE)
def test_a_part_uses_only_its_own_packages_of_others(part: str) -> None:
    allowed = {PACKAGE.name, *sys.stdlib_module_names, *MAY_USE[part].split()}
    assert [str(found) for path in modules(part) for found in imports(path) if found.name.split(".")[0] not in allowed] == []


def test_no_part_comes_before_itself() -> None:
    """The table above has no circle, so that there is a direction at all."""
    left = {part: set(names.split()) for part, names in MAY_IMPORT.items()}
    while left:
        first = {part for part, names in left.items() if not names & left.keys()}
        assert first, f"a circle among {sorted(left)}"
        left = {part: names for part, names in left.items() if part not in first}


def test_what_is_served_never_imports_the_build() -> None:
    """Not even inside a function, but for the commands and for counting days, which are loaded when one is called."""
    served = [found for part in ("plugin", "page", "query", "render", "i18n") for path in modules(part) for found in imports(path)]
    assert [str(found) for found in served if found.part in ("model", "source", "store")] == []
    counting = [found for found in served if found.part in ("law", "calendars", "time_limits") and found.path.name != "reckon.py"]
    assert [str(found) for found in counting if not found.lazy] == []
    assert [str(found) for found in served if found.name.endswith(".reckon") and found.path.name != "reckon.py" and not found.lazy] == []
    assert [str(found) for found in served if found.part in ("cli", "editor") and not found.lazy] == []


def test_the_commands_import_the_build_only_when_called() -> None:
    paths = [*modules("cli"), PACKAGE / "editor" / "commands.py"]
    heavy = [found for path in paths for found in imports(path) if found.part not in ("", "cli") and not found.lazy]
    assert [str(found) for found in heavy] == []


# --- clock, disk, network ---------------------------------------------------------------------------------------------


class Call(NamedTuple):
    """A call, or a mention, of something by name."""

    path: Path
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(PACKAGE.parent)}:{self.line} uses {self.name}"


def calls(path: Path) -> Iterator[Call]:
    """What a module calls: `open(...)` by its name, `date.today()` by its last name; also passed on uncalled, as `date.today`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
            yield Call(path, node.lineno, node.func.id if isinstance(node.func, ast.Name) else node.func.attr)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("date", "datetime", "time"):
            yield Call(path, node.lineno, node.attr)


@pytest.mark.parametrize("part", PURE)
def test_a_pure_part_touches_neither_disk_nor_network(part: str) -> None:
    found = [
        str(i) for path in modules(part) for i in imports(path) if i.name in OUTSIDE_MODULES or i.name.split(".")[0] in OUTSIDE_MODULES
    ]
    found += [str(call) for path in modules(part) for call in calls(path) if call.name in OUTSIDE_CALLS]
    assert found == []


@pytest.mark.parametrize("part", CLOCKLESS)
def test_nothing_before_the_page_reads_the_clock(part: str) -> None:
    found = [str(i) for path in modules(part) for i in imports(path) if i.name.split(".")[0] in CLOCK_MODULES]
    found += [str(call) for path in modules(part) for call in calls(path) if call.name in CLOCK_CALLS]
    assert found == []


# --- what is loaded to serve ------------------------------------------------------------------------------------------

LOADED = """
import sys
sys._called_from_test = True  # plugins that happen to be installed stay out
import datasette.app
before = set(sys.modules)
import datasette_cases.plugin
print(*sorted(set(sys.modules) - before))
"""


def test_the_plugin_loads_nothing_of_the_build() -> None:
    """Compared with Datasette alone: 1.0 brings pydantic and sqlite-utils with it."""
    output = subprocess.run(
        [sys.executable, "-c", LOADED], env=os.environ, cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    ).stdout
    loaded = set(output.split())
    assert "datasette_cases.plugin" in loaded
    assert {name for name in loaded if name.split(".")[0] in ("pydantic", "pydantic_core", "sqlite_utils", "yaml", "slugify")} == set()
    assert {name for name in loaded if name.split(".")[:1] == ["datasette_cases"] and name.split(".")[1:2] in BUILD} == set()


BUILD = (["model"], ["law"], ["calendars"], ["time_limits"], ["source"], ["store"], ["history"], ["audit"], ["cli"], ["editor"])

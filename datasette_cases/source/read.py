"""A data folder → records. Every file is read and checked even when an earlier one has problems."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path as FilePath
from typing import Any, Iterator, Mapping, Optional

from ..model.actor import Actor, Actors, Authorities, Authority, Publisher, Publishers
from ..model.case import Case, Complaint, Deadline, Entry
from ..model.fields import Context, host_key
from ..vocabulary import Regime
from . import check
from .problem import Problem
from .tree import Tree, lists, read
from .validate import M, validate

RESERVED = frozenset({"about", "openapi"})
"""Case ids that are addresses of the site: /-/cases/about, /-/cases/openapi.json."""

LISTS = frozenset({"complaints", "entries", "deadlines"})
"""The parts of a case file whose items are checked one by one."""


@dataclass
class Library:
    """Who appears and who publishes, read once for all cases. `problems`: what is wrong in these files."""

    authorities: list[Authority] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    publishers: dict[str, Publisher] = field(default_factory=dict)
    hosts: frozenset[str] = frozenset()
    authority_ids: frozenset[str] = frozenset()
    actor_ids: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)

    @property
    def kinds(self) -> dict[str, str]:
        """Actor id → kind, for authorities and bodies of authorities: whoever can have a place on a board."""
        bodies = {actor.id: actor.kind for actor in self.actors if actor.kind == "board"}
        return {**{authority.id: authority.kind for authority in self.authorities}, **bodies}


@dataclass
class Found:
    """One case file: the case if it can be used, and all that is wrong with it."""

    path: FilePath
    case: Optional[Case]
    problems: list[Problem]


def read_library(folder: FilePath, shown: str) -> Library:
    """Read authorities.yml, actors.yml and publishers.yml. `shown`: the folder as problems name it."""
    library = Library()
    trees = {name: read_tree(folder / name, f"{shown}/{name}") for name in ("publishers.yml", "authorities.yml", "actors.yml")}
    library.hosts = frozenset(
        host_key(item["host"]) for _, item in lists(trees["publishers.yml"].values, "publishers") if isinstance(_get(item, "host"), str)
    )
    library.authority_ids = _ids(trees["authorities.yml"], "authorities")
    library.actor_ids = library.authority_ids | _ids(trees["actors.yml"], "actors")
    context = Context(hosts=library.hosts)
    authorities = _record(trees["authorities.yml"], Authorities, context)
    actors = _record(trees["actors.yml"], Actors, context)
    publishers = _record(trees["publishers.yml"], Publishers, context)
    library.authorities = authorities.authorities if authorities else []
    library.actors = actors.actors if actors else []
    library.publishers = {publisher.host: publisher for publisher in (publishers.publishers if publishers else [])}
    seen: dict[str, str] = {}
    for name, key, file in (
        ("authorities", "id", "authorities.yml"),
        ("actors", "id", "actors.yml"),
        ("publishers", "host", "publishers.yml"),
    ):
        for path, item in lists(trees[file].values, name):
            value = _get(item, key)
            if isinstance(value, str) and value:
                if value in seen:
                    trees[file].report(
                        (*path, key), "duplicate-id", f'found "{value}", which stands in {seen[value]} already', "keep one of them"
                    )
                seen.setdefault(value, file)
    for tree in trees.values():
        library.problems += tree.problems
    return library


def read_case(path: FilePath, shown: str, library: Library, regimes: Mapping[str, Regime], released: date) -> Found:
    """Read and check one case file."""
    tree = read_tree(path, shown)
    if tree.values is None:
        return Found(path, None, tree.problems)
    values = tree.values if isinstance(tree.values, dict) else {}
    regime = regimes.get(str(values.get("regime")))
    context = _context(tree, library, regimes, regime, released)
    head = validate(tree, (), tree.values, Case, context, without=LISTS)
    parts = {
        name: [(item_path, validate(tree, item_path, item, model, context)) for item_path, item in lists(values, name)]
        for name, model in (("complaints", Complaint), ("entries", Entry), ("deadlines", Deadline))
    }
    for name in LISTS & values.keys():
        if not isinstance(values[name], list):
            kind, found = ("empty-value", "nothing after the key") if values[name] == "" else ("not-a-list", "a single value")
            tree.report((name,), kind, f"found {found}", "write a list, or leave the key out")
    _check_name(tree, path, values)
    check.case(check.Checked(tree, head, regime, parts))
    case = None
    if not tree.problems and head is not None:
        case = head.model_copy(update={name: [record for _, record in records] or None for name, records in parts.items()})
    return Found(path, case, tree.problems)


def case_files(folder: FilePath) -> list[FilePath]:
    """The case files of a data folder, in order of name."""
    return sorted((folder / "cases").glob("*.yml"))


def read_cases(folder: FilePath, shown: str, library: Library, regimes: Mapping[str, Regime], released: date) -> Iterator[Found]:
    """Read the case files one after the other; none is kept."""
    for path in case_files(folder):
        yield read_case(path, f"{shown}/cases/{path.name}", library, regimes, released)


def stray_files(folder: FilePath, shown: str) -> list[Problem]:
    """What is missing from a data folder, and what does not belong in it. READMEs, licences and hidden files may be there."""
    expected = {folder / name for name in ("authorities.yml", "actors.yml", "publishers.yml")} | set(case_files(folder))
    problems = []
    for path in sorted(folder.rglob("*")):
        plain = path.is_dir() or path.suffix == ".md" or path.name.startswith((".", "LICENSE"))
        if not plain and path not in expected:
            name = f"{shown}/{path.relative_to(folder).as_posix()}"
            problems.append(
                Problem(
                    name,
                    1,
                    1,
                    "",
                    "unexpected-file",
                    "found a file that is not part of the data",
                    "cases stand in cases/<id>.yml; move or delete it",
                )
            )
    return problems


def digest(folder: FilePath) -> str:
    """SHA-256 over the names and bytes of all data files, in order of name."""
    total = hashlib.sha256()
    for path in [*sorted(folder.glob("*.yml")), *case_files(folder)]:
        content = path.read_bytes()
        total.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def read_tree(path: FilePath, shown: str) -> Tree:
    """A file's tree; `shown` is the path as problems name it."""
    try:
        return read(shown, path.read_bytes())
    except OSError as error:
        said = error.strerror or type(error).__name__
        return Tree(
            shown,
            problems=[Problem(shown, 1, 1, "", "not-readable", f"found no readable file: {said}", "put it there, or mend its permissions")],
        )


def _record(tree: Tree, model: type[M], context: Context) -> Optional[M]:
    """The one record of a file, if nothing is wrong with it."""
    record = validate(tree, (), tree.values, model, context) if tree.values is not None else None
    return None if tree.problems else record


def _get(item: Any, key: str) -> Any:
    return item.get(key) if isinstance(item, dict) else None


def _ids(tree: Tree, name: str) -> frozenset[str]:
    return frozenset(str(item["id"]) for _, item in lists(tree.values, name) if isinstance(_get(item, "id"), str))


def _context(tree: Tree, library: Library, regimes: Mapping[str, Regime], regime: Optional[Regime], released: date) -> Context:
    """What the records of a case may refer to. Where a list is not known, its references are not checked."""
    ids = {
        "authority": library.authority_ids,
        "actor": library.actor_ids,
        "entry": _ids(tree, "entries"),
        "complaint": _ids(tree, "complaints"),
        "subject": _ids(tree, "subjects"),
        "regime": frozenset(regimes),
    }
    if regime:
        ids["status"] = frozenset(regime.statuses.values)
        ids["question"] = frozenset(regime.question_ids)
    return Context(ids=ids, hosts=library.hosts, released=released)


def _check_name(tree: Tree, path: FilePath, values: dict[str, Any]) -> None:
    """The file's name is the case's id, and no address of the site."""
    case_id = values.get("id")
    if isinstance(case_id, str) and case_id and case_id != path.stem:
        tree.report(
            ("id",), "file-name", f'found "{case_id}" in the file {path.name}', f"name the file {case_id}.yml, or the case {path.stem}"
        )
    if case_id in RESERVED:
        tree.report(("id",), "reserved-id", f'found "{case_id}", an address of the site', "choose another id")

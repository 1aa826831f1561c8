"""What the model says of a single answer, in its own words."""

from __future__ import annotations

from typing import Any, Callable

from pydantic import BaseModel

from ..model.fields import Context
from ..source.tree import Tree
from ..source.validate import partial, validate
from .ask import Refused


def require(model: type[BaseModel], context: Context, **values: Any) -> None:
    """Refused: the model has something against one of the values of these keys."""
    tree = Tree("", values=values)
    validate(tree, (), values, partial(model), context)
    for problem in tree.problems:
        raise Refused(f"{problem.found}; {problem.todo}")


def text(model: type[BaseModel], context: Context, key: str) -> Callable[[str], str]:
    """Reads one text that is the value of a key."""

    def read(answer: str) -> str:
        require(model, context, **{key: answer})
        return answer

    return read


def listed(model: type[BaseModel], context: Context, key: str, between: str = ", ") -> Callable[[str], list[str]]:
    """Reads the list under a key: texts with one of the signs `between` them."""

    def read(answer: str) -> list[str]:
        for sign in between:
            answer = answer.replace(sign, " ")
        values = list(dict.fromkeys(answer.split()))
        require(model, context, **{key: values})
        return values

    return read

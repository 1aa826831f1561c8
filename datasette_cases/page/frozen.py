"""Page objects that nobody changes, filled quickly.

To a type checker `dataclass` is the standard library's, and `@dataclass(frozen=True)` forbids changing a field. At run time
the same class is made without the guard: a page fills some eight thousand fields, and guarded ones take three times as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses

    def dataclass(*, frozen, **options):
        return dataclasses.dataclass(**options)

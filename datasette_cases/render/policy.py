"""What a page of ours may load: its own site's files, nothing inline, nothing from elsewhere. And who may frame it: nobody, but for embeds."""

from __future__ import annotations

from typing import Iterable

CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def framed(ancestors: Iterable[str]) -> str:
    """The policy of a page for the frames of other sites: their origins, `*` for any, nothing for none. It has neither script nor form."""
    allowed = " ".join(ancestors) or "'none'"
    return f"default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors {allowed}"

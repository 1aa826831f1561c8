"""What XML can hold."""

from __future__ import annotations

import re

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def held(text: str) -> str:
    """The text without what no reader of XML bears. The reader of data files lets nothing of it in; not every database came by it."""
    return NOT_XML.sub("", text)

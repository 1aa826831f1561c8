"""How wide a text is at most in the fonts we ask for, so that labels keep clear of each other in whatever font is there.

Widths are those of DejaVu Sans, the widest of the usual system fonts, in thousandths of the size of the letters.
"""

from __future__ import annotations

from unicodedata import combining, east_asian_width

NARROW = dict.fromkeys("iIjl'|.,:;! ()[]ft·/-", 400)
WIDE = dict.fromkeys("mMWwQOG@%&—→…", 1010)
DIGIT, SMALL, CAPITAL, FULL, OTHER = 640, 640, 780, 1020, 1100
ELLIPSIS = "…"


def width(text: str, size: float) -> float:
    """The width of a text at most, in the unit of `size`."""
    return sum(_letter(letter) for letter in text) * size / 1000


def fitted(text: str, room: float, size: float) -> str:
    """The text, cut off with an ellipsis where it is wider than the room."""
    if width(text, size) <= room:
        return text
    left = room - width(ELLIPSIS, size)
    kept = 0
    for kept, letter in enumerate(text):  # noqa: B007 - used after the loop
        left -= _letter(letter) * size / 1000
        if left < 0:
            break
    return text[:kept].rstrip() + ELLIPSIS


def measured(text: str) -> bool:
    """Whether the widths above are sure to hold: other scripts are drawn at the width that was reckoned."""
    return all(ord(letter) < 0x250 or letter in WIDE for letter in text)


def _letter(letter: str) -> int:
    if letter in NARROW:
        return NARROW[letter]
    if letter in WIDE:
        return WIDE[letter]
    if ord(letter) < 0x250:
        return CAPITAL if letter.isupper() else DIGIT if letter.isdigit() else SMALL
    if combining(letter):
        return 0
    return FULL if east_asian_width(letter) in "WF" else OTHER if ord(letter) > 0x2E80 else CAPITAL

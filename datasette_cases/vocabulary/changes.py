"""What kind of change a release brings."""

from .word import Vocabulary, Word

CHANGE_KIND = Vocabulary(
    "change_kind",
    (
        Word("new", "New", "It was not recorded before. It may have happened long ago."),
        Word("corrected", "Corrected", "It was recorded otherwise before."),
        Word("retracted", "Retracted", "It is no longer said: marked so with a reason, or no longer in the files."),
        Word("source-added", "Source added", "One more document is cited for what was recorded before."),
    ),
)

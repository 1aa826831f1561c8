"""Who acts, and in which role."""

from .word import Vocabulary, Word

ACTOR_KIND = Vocabulary(
    "actor_kind",
    (
        Word("authority", "Authority", "A public body that supervises."),
        Word("board", "Board", "A body in which authorities sit together, such as the European Data Protection Board."),
        Word("court", "Court", "A court or tribunal."),
        Word("complainant", "Complainant", "Complains or sues: a person, an association, a consumer organisation."),
        Word("respondent", "Respondent", "The one complained of."),
        Word("other", "Other", "Anybody else: a government, a prosecutor, a company that is not complained of, the public."),
    ),
)

AUTHORITY_LEVEL = Vocabulary(
    "level",
    (
        Word("eu", "European Union", "A body of the Union."),
        Word("national", "National", "Supervises for a whole state."),
        Word("regional", "Regional", "Supervises for a part of a state."),
    ),
)

ROLE = Vocabulary(
    "role",
    (
        Word("lead", "Lead authority", "Leads for the main establishment.", "GDPR 56(1)"),
        Word("presumed-lead", "Presumed lead authority", "Others treat it as the lead, without a finding that it is.", "GDPR 56(1)"),
        Word("receiving", "Received a complaint", "A complaint of this case was lodged with it.", "GDPR 77(1)"),
        Word("concerned", "Concerned", "Concerned in the law's sense: an establishment, people or a complaint in its country.", "GDPR 4(22)"),
        Word("local", "Local case", "Handles the matter as a local one.", "GDPR 56(2)"),
        Word("sole", "Competent on its own", "Competent on its own territory because there is no establishment in the Union.", "GDPR 55"),
        Word("board", "Board", "The European Data Protection Board or another body of authorities.", "GDPR 68"),
        Word("outside", "Outside the one-stop-shop", "Acts under its own law, outside the GDPR's one-stop-shop."),
        Word("spoke-only", "Spoke only", "Spoke about the matter; no procedure of its own is known."),
    ),
)

PARTY_ROLE = Vocabulary(
    "party_role",
    (
        Word("complainant", "Complainant", "Lodged the complaint, also for others."),
        Word("respondent", "Respondent", "The one complained of."),
    ),
)

DEADLINE_ROLE = Vocabulary(
    "deadline_role",
    (
        Word("actor", "Has to act", "Has to act by the last day, or acts on the announced day."),
        Word("addressee", "Addressee", "The act is owed to it."),
    ),
)

BROUGHT_UNDER = Vocabulary(
    "brought_under",
    (
        Word("art-77", "GDPR Art. 77", "The data subject complains in person or through counsel.", "GDPR 77"),
        Word("art-80-1", "GDPR Art. 80(1)", "A body complains on a data subject's mandate.", "GDPR 80(1)"),
        Word("art-80-2", "GDPR Art. 80(2)", "A body complains without a mandate, where national law allows.", "GDPR 80(2)"),
        Word("tip", "Tip or other request", "Asks the authority to act, without the rights of a complainant; also complaints under another law."),
    ),
)
"""Left out where the sources do not say."""

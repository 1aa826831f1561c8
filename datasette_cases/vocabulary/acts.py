"""What an actor can do in a case, and in which form it can speak."""

from .word import Vocabulary, Word

ACT = Vocabulary(
    "act",
    (
        Word("complaint", "Complaint", "A filing that is not one of the case's complaints, as when a party goes to another body."),
        Word("submission", "Submission", "A party sends an authority or court something further in a matter already pending."),
        Word("acknowledgment", "Acknowledgment", "The authority confirms that it received the complaint, and says no more."),
        Word("forwarding", "Forwarding", "The authority hands a complaint to another authority, or tells the complainant that it did."),
        Word("information-request", "Request for information", "Somebody is asked to supply information. Asked to do or to stop something: `request`."),
        Word("request", "Request", "Somebody is asked to do or to stop something, without an order. A party asks: `demand`."),
        Word("investigation-opened", "Investigation opened", "An authority or prosecutor opens a procedure of its own or on a complaint."),
        Word("hearing", "Hearing", "An authority or court hears a party."),
        Word("measure", "Measure", "An order outside a final decision, such as a provisional ban. With the decision itself: `decision`."),
        Word("preliminary-findings", "Preliminary findings", "The authority tells the respondent what it is minded to find."),
        Word("draft-decision", "Draft decision", "The lead authority submits a draft to the authorities concerned.", "GDPR 60(3)"),
        Word("revised-draft", "Revised draft decision", "The lead authority submits a draft changed after objections.", "GDPR 60(5)"),
        Word("objection", "Objection", "An authority concerned raises a relevant and reasoned objection to the lead's draft.", "GDPR 60(4)"),
        Word("referral", "Referral", "A question or dispute is put to the Board or to a court.", "GDPR 64(2), 65(1), TFEU 267"),
        Word("opinion", "Opinion", "The Board, an authority or an advocate general gives a formal opinion.", "GDPR 64"),
        Word("binding-decision", "Binding decision", "The Board decides a dispute between authorities, or an urgent matter.", "GDPR 65, 66"),
        Word("decision", "Decision", "An authority decides, wholly or in part; a part has a `scope`. A court decides: `judgment`."),
        Word("closure", "Closure", "A procedure ends without a decision on what was complained of."),
        Word("discontinuation", "Discontinuation", "The authority itself drops a procedure or a step it had begun."),
        Word("withdrawal", "Withdrawal", "The party that filed takes its complaint or claim back."),
        Word("settlement", "Settlement", "The parties settle.", "GDPR 60(6) with national law"),
        Word("guidance", "Guidance", "An authority or board adopts guidance that is not about one procedure."),
        Word("appeal", "Appeal", "A party goes to court, or to a higher court, against a decision."),
        Word("court-filing", "Court filing", "A party brings an action or an application that is not against a decision."),
        Word("judgment", "Judgment", "A court decides, in whatever form: judgment, order, decision."),
        Word("demand", "Demand", "A party demands something of another, as in a cease-and-desist letter."),
        Word("commitment", "Commitment", "A respondent undertakes or confirms to do or not to do something."),
        Word("respondent-action", "Act of the respondent", "The respondent does what the case is about: announces, starts, changes, stops."),
        Word("payment", "Payment", "A fine or penalty is paid."),
        Word("publication", "Publication", "A study, report or document is made public."),
        Word("law-change", "Change in the law", "A law, an adequacy decision or the like takes effect. It changes no stance."),
    ),
)

FORM = Vocabulary(
    "form",
    (
        Word("decision", "Decision", "A decision of an authority, also in part.", rank=3),
        Word("binding-decision", "Binding decision", "A decision of the Board that binds authorities.", "GDPR 65, 66", rank=3),
        Word("judgment", "Judgment", "A court's decision in whatever form.", rank=3),
        Word("draft-decision", "Draft decision", "A draft for the authorities concerned.", "GDPR 60(3)", rank=2),
        Word("preliminary-findings", "Preliminary findings", "What the authority is minded to find, before it decides.", rank=2),
        Word("objection", "Objection", "A relevant and reasoned objection to a draft.", "GDPR 60(4)", rank=2),
        Word("opinion", "Opinion", "A formal opinion.", "GDPR 64", rank=2),
        Word("formal-letter", "Formal letter", "A letter in the procedure that speaks for the authority. Any other: `letter`.", rank=2),
        Word("guidance", "Guidance", "Guidance to the public or to companies, on paper or on a page.", rank=1),
        Word("press-statement", "Press statement", "Published by the actor itself, or given by it to the press as its statement.", rank=1),
        Word("letter", "Letter", "A letter that decides nothing.", rank=1),
        Word("interview", "Interview", "Said by a named or unnamed person of the actor to a reporter or in public.", rank=1),
        Word("reported", "Reported", "Known only through somebody else's account.", rank=1),
    ),
)
"""`rank` is the form's class: 3 decides, 2 is a formal step, 1 is a spoken or published word."""

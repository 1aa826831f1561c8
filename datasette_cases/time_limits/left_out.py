"""Limits that were looked at and are not in the package, each with the reason."""

DIRECTIVE = "Known, not re-read. It stands in a directive: the law of each state governs, and was not looked up."
IRISH = "Irish law by default counts the day itself (Interpretation Act 2005, s. 18(h)); reckoned as elsewhere it would end a day late."
NATIONAL = "National law, known, not re-read."

LEFT_OUT = {
    "led-28-5": DIRECTIVE,
    "led-53-2": DIRECTIVE,
    "nat-ie-150-1": IRISH,
    "nat-ie-150-5": IRISH,
    "nat-ie-142": f"{IRISH} Read only in a secondary source.",
    "nat-fr-r421-1": "Two whole months between the days, and longer from abroad: reckoned as elsewhere it would end too early. Read only in an article of 2017.",
    "nat-de-74-vwgo": f"{NATIONAL} One year instead where the instruction on remedies is missing or wrong.",
    "nat-de-75-vwgo": NATIONAL,
    "nat-de-67-owig": NATIONAL,
    "nat-at-7-4": NATIONAL,
    "nat-at-24-4": f"{NATIONAL} Two limits at once: from knowledge, and from the event.",
    "nat-es-124": NATIONAL,
    "nat-es-46": f"{NATIONAL} August generally does not count.",
    "nat-it-10-3": f"{NATIONAL} Longer for those who live abroad.",
    "nat-pl-53": NATIONAL,
    "nat-se-44": NATIONAL,
    "nat-uk-ftt": NATIONAL,
}

"""What `entrepot --help` says of each verb, so that no command has to be loaded to be listed."""

from typing import Final

SECTIONS: Final[dict[str, dict[str, str]]] = {
    "Figures and leads": {
        "demo": "Show which restricted goods seem to reach Russia through third countries, on "
        "real figures.",
        "import": "Archive FILEs, check every row, and store the figures in the workspace.",
        "sources": "List the formats that are read, with licence and traps, and what is imported.",
        "leads": "Rank restricted goods that a third country buys beyond expectation.",
        "explain": "One lead: expected and actual, direct loss, rules, reporters, and the rows "
        "behind it.",
        "legs": "Screen for routes: into a third country, on to the target, and lost direct trade.",
        "prices": "Unit values of CODE: the discount on a country's goods, or the mark-up on goods "
        "sold to it.",
        "partners": "Rank the trading partners of COUNTRY: now, in a base year, and what is under "
        "a measure.",
    },
    "Rules and parties": {
        "rules": "Ask the dated rule base: who may sell what to whom, on which day, under which "
        "article.",
        "lists": "Keep sanctions lists, with the days on which they stood so.",
        "fetch": "Download LISTs from their publishers and keep what is new.",
        "screen": "Compare the parties of FILE with sanctions lists.",
        "judge": "Say whether a screened name is a listed party, with who and why.",
        "serve": "Answer over HTTP in yente's shapes, for OpenRefine, and with a page to try it.",
    },
    "Reports, claims and tips": {
        "read": "Propose the checkable claims of reports: who, what, when, how many, on whose "
        "word.",
        "assess": "Test the claims of a report against the rules, figures, lists and observations "
        "at hand.",
        "roots": "Show who has it from whom, and count independent roots.",
        "standing": "Say how the evidence for each fact lies: roots, probability, rivals, what "
        "would move it.",
        "claims": "Look at the claims in the casebook and decide on them.",
        "grade": "Judge a source (A to F) and a statement (1 to 6) by the Admiralty code, each by "
        "itself.",
        "evidence": "Add what speaks for or against a claim, with who saw it first hand.",
        "tip": "Take in tips without endangering who told them.",
        "leaks": "Look for what could point back to a source, in files that are to leave the "
        "house.",
        "casebook": "Look after the store of reports, claims, decisions, evidence and tips.",
    },
    "Checks": {
        "plan": "Say what could have seen a place: satellites, archives, missions, flights, and "
        "what to do.",
        "places": "Say where a place lies, on whose word, and how far the sources lie apart.",
        "posts": "List embassies and consulates near a place, nearest first, with what is known "
        "of the day.",
        "flights": "Flights from ADS-B records: who flew, from where to where, and when nobody "
        "listened.",
        "result": "Keep what came of a check of a claim.",
    },
    "Cases and dossiers": {
        "case": "Keep leads, parties, claims, reports, tips, checks and notes of one matter "
        "together.",
        "dossier": "Put a case together as a dossier: every sentence with what it rests on.",
        "review": "Say what keeps a CASE in the house and who reviewed it; or add a review.",
        "reply": "Keep the right of reply of a PARTY that the dossier of CASE names, or list what "
        "is kept.",
        "publish": "Publish a reviewed CASE as a sealed folder; with --site also the pages of all "
        "that is out.",
        "verify": "Verify DOSSIER, a folder or a zip of one, without a network; ends with 1 where "
        "it differs.",
        "signing": "Make and show the key that dossiers are signed with (Ed25519).",
        "handover": "Make of one dossier what one reader needs.",
        "newsletter": "Send what is new to those who asked for it, by topic, never a case twice.",
    },
}
"""Verbs by the work that they do, in the order in which it is usually done."""

"""Words before a verb of saying that are no speaker's name, and those for whoever spoke last."""

import re
from typing import Final

NO_NAME: Final = re.compile(
    r"(?:according|in|at|on|for|after|under|during|with|from|to|by|as|if|when|cannot|can|no|not"
    r"|в|на|по|при|у|за)(?!\w)"
)
"""What begins no name: a preposition, a negation."""
SAME: Final = re.compile(
    r"(?:same|latter) (?:source|report|document|paper|agency|official|ministry|outlet|newspaper"
    r"|body|study|statement|group)"
    r"|(?:тот же|этот же|той самий|цей же) (?:источник|документ|джерело)"
    r"|(?:his|her|its|their) (?:words|account|data|figures|estimate)"
    r"|(?:его|её|ее|их|його|її|їх) (?:словам|слова|данным|даними|оценке|словами)"
    r"|(?:him|her|them|it)"
)
"""Words for whoever spoke last."""
NOBODY: Final = frozenset({
    "as", "which", "that", "there", "this", "these", "those", "what", "also", "we", "average",
    "total", "mean", "highest", "lowest", "initial", "first", "how", "meanwhile", "contracts",
})  # fmt: skip
"""Words that stand before a verb of saying but say nothing."""

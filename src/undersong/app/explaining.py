"""Why a session sounds as it does: the one list that the page and the API show."""

from undersong.compose.score import Score
from undersong.compose.why import Told, all_reasons, headlines, told
from undersong.guide.evidence import load


def why_of(score: Score, *, every: bool = False) -> list[Told]:
    """Return the reasons with their strength words: the headlines, or every one."""
    reasons = all_reasons(score) if every else headlines(score)
    return list(told(reasons, load().strength))

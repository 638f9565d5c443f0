"""Why each choice was made: one reason a field, with what it would have been.

The counterfactuals are computed, not guessed: the same arrangement is asked what it
would be for a person of usual state.
"""

from undersong.compose.reasons.arrangement import arrangement_reasons
from undersong.compose.reasons.layers import layer_reasons
from undersong.compose.reasons.made import Made
from undersong.compose.reasons.state import state_reasons
from undersong.compose.reasons.whole import (
    frame_reasons,
    harmony_reasons,
    journey_reasons,
    outcome_reasons,
    shape_reason,
    signature_reason,
)
from undersong.compose.score import Reason

__all__ = ["Made", "reasons_of"]


def reasons_of(made: Made) -> tuple[Reason, ...]:
    """Return the reasons for every field, those of the whole session first."""
    return (
        *state_reasons(made),
        shape_reason(made),
        *outcome_reasons(made),
        *arrangement_reasons(made),
        signature_reason(made),
        *journey_reasons(made),
        *harmony_reasons(made),
        *layer_reasons(made),
        *frame_reasons(made),
    )

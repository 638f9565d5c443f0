"""What people may ask of the composer, for tests that walk over all of it."""

from hypothesis import strategies as st

from undersong.compose.blocks import BLOCKS
from undersong.compose.score import OUTCOMES
from undersong.hear.reading import Reading, Signal

BLOCK_NAMES = [row.name for row in BLOCKS]

saids = st.none() | st.dictionaries(
    st.sampled_from(["stress", "fatigue", "energy"]), st.floats(0, 10), max_size=3
)


def reading_of(
    *, sentence: str = "Your voice sounded quicker than your usual.", **values: float
) -> Reading:
    """Return a reading with the given signal values, each 0.2 wide and half sure."""
    signals = {
        name: Signal(
            value=value,
            low=max(0.0, value - 0.1),
            high=min(1.0, value + 0.1),
            confidence=0.5,
            versus="you",
        )
        for name, value in values.items()
    }
    return Reading(ok=True, sentences=(sentence,), **signals)


readings = st.none() | st.builds(
    lambda values: reading_of(**values),
    st.dictionaries(
        st.sampled_from(["stress", "fatigue", "energy"]), st.floats(0, 1), max_size=3
    ),
)

wishes = st.fixed_dictionaries(
    {
        "outcome": st.sampled_from(OUTCOMES),
        "seed": st.integers(0, 2**53 - 1),
        "minutes": st.floats(0.25, 120),
    },
    optional={
        "reading": readings,
        "said": saids,
        "never": st.lists(st.sampled_from(BLOCK_NAMES), max_size=4),
        "wanted": st.lists(st.sampled_from(BLOCK_NAMES), max_size=3),
        "journey_shape": st.sampled_from(["meet", "settle", None]),
        "voice_weight": st.floats(0, 1),
    },
).filter(lambda wish: not {*wish.get("wanted", ())} & {*wish.get("never", ())})

"""Compose: from what was heard and said, and what is known of the person, a score."""

from collections.abc import Sequence

from undersong.compose.arrangement import Choice, choose
from undersong.compose.brief import (
    Brief,
    Dawn,
    check_apart,
    checked_blocks,
    checked_dawn,
    checked_minutes,
    checked_outcome,
)
from undersong.compose.chance import seed_for
from undersong.compose.harmony import harmony_of
from undersong.compose.journey import at, fades_of, journey_of, loudness_of
from undersong.compose.layers import layers_of
from undersong.compose.novelty import RECENT, Portrait, portrait_of
from undersong.compose.reasons import Made, reasons_of
from undersong.compose.score import Score, Shape, Signature, Weather
from undersong.compose.signature import signature_from
from undersong.compose.state import Said, state_of
from undersong.compose.taste import Taste
from undersong.hear.reading import Reading

DEFAULT_MINUTES = 30.0


def compose(  # noqa: PLR0913 - each is one thing a session may be asked for
    outcome: str,
    *,
    seed: int,
    reading: Reading | None = None,
    said: Said | None = None,
    taste: Taste | None = None,
    signature: Signature | None = None,
    minutes: float = DEFAULT_MINUTES,
    never: Sequence[str] = (),
    wanted: Sequence[str] = (),
    recent: Sequence[Score | Portrait] = (),
    journey_shape: Shape | None = None,
    voice_weight: float = 1.0,
    dawn: Dawn | None = None,
) -> Score:
    """Return the score of a session.

    Parameters
    ----------
    outcome : {"calm", "focus", "sleep"}
        What it is for.
    seed : int
        Fixes all chance: equal arguments give equal scores.
    reading : Reading or None
        What was heard. It pulls as far as its confidence carries.
    said : mapping or None
        Any of stress, fatigue and energy, each 0..10. It wins over the reading.
    taste : Taste or None
        What the person has liked.
    signature : Signature or None
        The person's own; one is drawn from the seed without it.
    minutes : float
        Length, 0.25..600. Sleep longer than 90 minutes is "all night": its level
        holds instead of fading to silence.
    never : sequence of str
        Blocks that must not play.
    wanted : sequence of str
        Blocks that must play, whatever the outcome's rules say of them.
    recent : sequence of Score or Portrait
        The person's last sessions, newest last; the last 20 count.
    journey_shape : {"meet", "settle"} or None
        How the journey begins; None meets whoever said or spoke, else settles.
    voice_weight : float
        How far this person's voice is trusted, 0..1; see `question.voice_weight`.
    dawn : Dawn or None
        A waking after sleep.

    Returns
    -------
    score : Score
        Complete, with a reason for every field.

    Raises
    ------
    ParameterError
        Naming a value outside its rule, and the rule.
    """
    kind = checked_outcome(outcome)
    check_apart(wanted, never)
    dawn = checked_dawn(dawn, kind, checked_minutes(minutes))
    if dawn is not None:
        # A night that would last longer ends with its dawn.
        minutes = min(minutes, dawn.at_minutes)
    brief = Brief(
        outcome=kind,
        minutes=float(minutes),
        seed=seed,
        state=state_of(reading, said, voice_weight=voice_weight),
        signature=signature or signature_from(seed),
        own_signature=signature is not None,
        taste=taste,
        never=checked_blocks("never", never),
        wanted=checked_blocks("wanted", wanted),
        recent=tuple(
            one if isinstance(one, Portrait) else portrait_of(one)
            for one in recent[-RECENT:]
        ),
        asked_shape=journey_shape,
        dawn=dawn,
        voice_weight=voice_weight,
    )
    return composed(brief, choose(brief), reading)


def composed(brief: Brief, choice: Choice, reading: Reading | None = None) -> Score:
    """Return the score of a brief with a chosen arrangement."""
    candidate = choice.candidate
    journey = journey_of(brief, candidate)
    fade_in_seconds, outro_seconds = fades_of(brief)
    made = Made(
        brief=brief,
        reading=reading,
        choice=choice,
        journey=journey,
        harmony=harmony_of(
            candidate.key,
            brief.signature,
            brief.plan,
            arousal=at(journey, 0)["arousal"],
            seed=brief.seed,
        ),
        layers=layers_of(brief, candidate, journey),
        fade_in_seconds=fade_in_seconds,
        outro_seconds=outro_seconds,
    )
    return Score(
        seed=brief.seed,
        outcome=brief.outcome,
        shape=brief.shape,
        minutes=brief.total_minutes,
        signature=brief.signature,
        loudness_lufs=loudness_of(brief),
        journey=journey,
        weather={
            name: Weather(seed=seed_for(brief.seed, "weather", name), depth=depth)
            for name, depth in brief.plan.weather.items()
        },
        harmony=made.harmony,
        layers=made.layers,
        fade_in_seconds=made.fade_in_seconds,
        outro_seconds=made.outro_seconds,
        reasons=reasons_of(made),
    )

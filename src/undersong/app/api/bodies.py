"""Sessions as the API shows them."""

from datetime import UTC, datetime

from pydantic import BaseModel

from undersong.app.api.fields import Said
from undersong.app.context import Context
from undersong.app.explaining import why_of
from undersong.app.playing import score_of
from undersong.app.trusting import question_about
from undersong.compose.blocks import BLOCK_BY_NAME
from undersong.compose.events import nudges_for
from undersong.compose.lessons import Felt
from undersong.compose.question import Question
from undersong.compose.score import EventKind, Outcome, Score
from undersong.compose.why import Told
from undersong.keep.answers import Answer
from undersong.keep.sessions import Session
from undersong.stream.live import LIVE_FORMATS
from undersong.stream.segments import SEGMENT_SAMPLES, segment_count
from undersong.units import samples_to_seconds


class Stream(BaseModel):
    """Addresses that play a session; anyone on this machine who knows them can."""

    hls: str
    """The whole session as a list of segments, for any HLS player."""
    hls_live: str
    """The same, published as it plays: for native players on Apple devices."""
    direct: str
    """One continuous FLAC response, for players without HLS."""
    direct_formats: dict[str, str]
    """The same in other formats, by name."""
    segment_samples: int
    """Samples in every segment but the last, at 48 kHz."""
    segments: int | None = None
    """How many there are, 0 to one less."""


class LayerBody(BaseModel):
    """One layer, as people read it."""

    block: str
    label: str


class NudgeBody(BaseModel):
    """One thing that may be asked for while it plays."""

    name: str
    label: str


class EventBody(BaseModel):
    """Something done while it played."""

    kind: EventKind
    name: str
    at: int
    """Sample index from which it can be heard."""
    at_seconds: float


class AnswerBody(BaseModel):
    """What was said about a session; what was not is null."""

    id: str
    session_id: str
    created_at: datetime
    said: Said | None
    felt: Felt | None
    liked: float | None
    note: str


class Summary(BaseModel):
    """One line of the list of past sessions."""

    id: str
    key: str
    created_at: datetime
    outcome: Outcome
    minutes: float
    title: str
    favourite: bool
    reading_id: str | None
    said: Said | None
    served: int
    """Number of the last segment handed out; -1 before the first."""
    score_url: str
    stream: Stream


class SessionBody(Summary):
    """One session in full."""

    seconds: float
    """Length as it now stands, with what a stop took away."""
    seed: int
    layers: list[LayerBody]
    events: list[EventBody]
    answers: list[AnswerBody]
    why: list[Told]
    nudges: list[NudgeBody]
    """What may be asked of it while it plays."""
    question: Question | None
    """What to ask where words and voice differ; `fits` of an answer settles it."""


def stream_of(session: Session, segments: int | None = None) -> Stream:
    """Return where a session plays."""
    base = f"/s/{session.key}"
    return Stream(
        hls=f"{base}/main.m3u8",
        hls_live=f"{base}/main.m3u8?live=1",
        direct=f"{base}/live.flac",
        direct_formats={name: f"{base}/live.{name}" for name in LIVE_FORMATS},
        segment_samples=SEGMENT_SAMPLES,
        segments=segments,
    )


def answer_body(answer: Answer) -> AnswerBody:
    """Return a kept answer as a response."""
    return AnswerBody.model_validate(answer.model_dump())


def summary(session: Session) -> Summary:
    """Return a session as a line of the list."""
    return Summary(
        id=session.id,
        key=session.key,
        created_at=datetime.fromtimestamp(session.created_at, UTC),
        outcome=session.outcome,
        minutes=session.minutes,
        title=session.title,
        favourite=session.favourite,
        reading_id=session.reading_id,
        said=None if session.said is None else Said.model_validate(session.said),
        served=session.served,
        score_url=f"/api/v1/sessions/{session.id}/score",
        stream=stream_of(session),
    )


def describe(context: Context, session: Session) -> SessionBody:
    """Return a session in full."""
    score = score_of(context, session)
    line = summary(session).model_dump()
    line["stream"] = stream_of(session, segment_count(score))
    return SessionBody(
        **line,
        seconds=samples_to_seconds(score.end),
        seed=score.seed,
        layers=_layers(score),
        events=events_of(score),
        answers=[answer_body(one) for one in context.store.answers.of(session.id)],
        question=question_about(context, session),
        why=why_of(score),
        nudges=[NudgeBody(name=n, label=label) for n, label in nudges_for(score)],
    )


def _layers(score: Score) -> list[LayerBody]:
    names = [layer.block for layer in score.layers]
    labels = [BLOCK_BY_NAME[name].label for name in names if name in BLOCK_BY_NAME]
    return [
        LayerBody(block=name, label=label)
        for name, label in zip(names, labels, strict=True)
    ]


def events_of(score: Score) -> list[EventBody]:
    """Return the events of a score, oldest first."""
    return [
        EventBody(
            kind=event.kind,
            name=event.name,
            at=event.at,
            at_seconds=samples_to_seconds(event.at),
        )
        for event in score.events
    ]

"""A recording to a kept reading: decoded, read against the usual, dropped."""

from time import localtime

from undersong.app.context import Context
from undersong.hear.baseline import Baseline
from undersong.hear.read import read
from undersong.keep.readings import StoredReading
from undersong.stream.recording import decode

BASELINE = "voice"
"""Name of the one baseline; it knows the devices within."""

DEFAULT_DEVICE = "microphone"
DAY_SECONDS = 86_400.0


def baseline_of(context: Context) -> Baseline:
    """Return what is usual for the listener."""
    body = context.store.baselines.get(BASELINE)
    return Baseline() if body is None else Baseline.from_json(body)


def hear(context: Context, data: bytes, device: str = DEFAULT_DEVICE) -> StoredReading:
    """Read a recording and keep what was heard; a refusal is kept as one.

    Raises
    ------
    AudioFormatError
        If the bytes are not a recording.
    """
    recording = decode(
        data,
        limit_seconds=context.settings.whole("read_limit_seconds"),
        limit_bytes=context.settings.whole("upload_limit_mb") * 1_000_000,
    )
    reading = read(
        recording.samples, recording.sample_rate, baseline_of(context), device=device
    )
    context.counts.add(
        "undersong_readings_total", reading.refusal.code if reading.refusal else "ok"
    )
    now = context.now()
    local = localtime(now)

    def with_reading(body: str | None) -> str:
        before = Baseline() if body is None else Baseline.from_json(body)
        return before.with_reading(
            reading,
            day=now / DAY_SECONDS,
            hour=local.tm_hour + local.tm_min / 60,
            device=device,
        ).to_json()

    if reading.ok:
        # Scored first, then added: a clip is never compared with itself.
        context.store.baselines.update(BASELINE, with_reading)
    return context.store.readings.add(reading, device=device)

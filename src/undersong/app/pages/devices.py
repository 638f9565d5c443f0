"""The microphones a voice was read through, and forgetting one of them."""

from collections import Counter

from fastapi import Request
from fastapi.responses import RedirectResponse

from undersong.app.context import Context, InContext
from undersong.app.hearing import BASELINE, baseline_of
from undersong.app.pages.route import page_router
from undersong.app.pages.said import form_of, text_of
from undersong.errors import NotFoundError
from undersong.hear.baseline import Baseline

router = page_router()


def device_rows(context: Context) -> list[dict[str, object]]:
    """Return one row a device, the most used first: its name and its readings."""
    counts = Counter(clip.device for clip in baseline_of(context).clips)
    return [{"name": name, "count": count} for name, count in counts.most_common()]


@router.post("/settings/forget-device")
async def forget_device(request: Request, context: InContext) -> RedirectResponse:
    """Forget what is usual for the voice on one device."""
    name = text_of(await form_of(request), "device")
    if not baseline_of(context).count(name):
        raise NotFoundError(f"no readings of a device {name!r} are kept")

    def without(body: str | None) -> str:
        before = Baseline() if body is None else Baseline.from_json(body)
        return before.without(name).to_json()

    context.store.baselines.update(BASELINE, without)
    return RedirectResponse("/settings?saved=yes#devices", 303)

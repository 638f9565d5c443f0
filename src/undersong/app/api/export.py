"""All that is kept about the listener, as one file to take along."""

from fastapi import APIRouter, Response

from undersong.app.context import InContext
from undersong.app.problems import responses
from undersong.keep.export import zipped

router = APIRouter(tags=["export"])

ZIP = "application/zip"


@router.get(
    "/export",
    response_class=Response,
    responses=responses()
    | {200: {"content": {ZIP: {"schema": {"type": "string", "format": "binary"}}}}},
)
def get_export(context: InContext) -> Response:
    """Return everything as a zip of CSV, JSON and a README."""
    return Response(
        zipped(context.store, when=context.now()),
        media_type=ZIP,
        headers={
            "Content-Disposition": 'attachment; filename="undersong.zip"',
            "Cache-Control": "no-store",
        },
    )

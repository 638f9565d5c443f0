"""The router of pages: what goes wrong is shown as a page, in one sentence."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from undersong.app.problems import sentence_of, status_of
from undersong.app.rendering import problem_page
from undersong.errors import NotFoundError, UndersongError
from undersong.phrases import phrase

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


NOT_KEPT = phrase("nothing is kept at this address; it may have been forgotten")


class PageRoute(APIRoute):
    """A route whose errors are read by a person, not a program."""

    def get_route_handler(self) -> Handler:
        """Return the handler with its errors turned into pages."""
        handle = super().get_route_handler()

        async def handle_for_a_person(request: Request) -> Response:
            try:
                return await handle(request)
            except NotFoundError:
                return problem_page(request, NOT_KEPT, 404)
            except UndersongError as error:
                return problem_page(request, sentence_of(error), status_of(error))
            except HTTPException as error:
                return problem_page(request, error.detail, error.status_code)
            except RequestValidationError:
                return problem_page(request, phrase("that address does not fit"), 422)

        return handle_for_a_person


def page_router() -> APIRouter:
    """Return a router whose routes are pages."""
    return APIRouter(route_class=PageRoute)

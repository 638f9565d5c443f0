"""The API described (OpenAPI 3.1), and the page that shows it without any script."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse

from undersong.app.problems import Problem
from undersong.app.rendering import render

router = APIRouter(include_in_schema=False)

METHODS = ("get", "post", "put", "patch", "delete")
SCHEMAS = "#/components/schemas/"


def install(app: FastAPI) -> None:
    """Let the app describe itself with its problems."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
            )
            schemas = schema.setdefault("components", {}).setdefault("schemas", {})
            problem = Problem.model_json_schema(ref_template=f"{SCHEMAS}{{model}}")
            schemas.update(problem.pop("$defs", {}))
            schemas["Problem"] = problem
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a request may hold."""

    name: str
    where: str
    kind: str
    is_needed: bool
    help: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    method: str
    path: str
    tag: str
    help: str
    fields: tuple[Field, ...]
    answers: tuple[tuple[str, str], ...]


def operations(schema: Mapping[str, Any]) -> Iterator[Operation]:
    """Yield what a description says, in its order."""
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if method in methods:
                yield _operation(schema, method, path, methods[method])


def _operation(
    schema: Mapping[str, Any], method: str, path: str, row: Mapping[str, Any]
) -> Operation:
    return Operation(
        method=method.upper(),
        path=path,
        tag=row["tags"][0],
        help=row["description"],
        fields=(*_parameters(row), *_body(schema, row)),
        answers=tuple(
            (status, " or ".join(answer.get("content", {})) or "nothing")
            for status, answer in row["responses"].items()
            if int(status) < 400
        ),
    )


def _parameters(row: Mapping[str, Any]) -> Iterator[Field]:
    for part in row.get("parameters", ()):
        yield Field(
            name=part["name"],
            where=part["in"],
            kind=_kind(part["schema"]),
            is_needed=part.get("required", False),
            help=part.get("description", ""),
        )


def _body(schema: Mapping[str, Any], row: Mapping[str, Any]) -> Iterator[Field]:
    for kind, content in row.get("requestBody", {}).get("content", {}).items():
        shape = _resolved(schema, content["schema"])
        for name, part in shape.get("properties", {}).items():
            yield Field(
                name=name,
                where=kind,
                kind=_kind(part),
                is_needed=name in shape.get("required", ()),
                help=part.get("description", ""),
            )


def _resolved(schema: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    name = part.get("$ref", "").removeprefix(SCHEMAS)
    found: Mapping[str, Any] = schema["components"]["schemas"][name] if name else part
    return found


def _kind(part: Mapping[str, Any]) -> str:
    """Return a schema in a few words."""
    if "enum" in part:
        return " or ".join(map(str, part["enum"]))
    if "anyOf" in part:
        return " or ".join(
            _kind(one) for one in part["anyOf"] if one != {"type": "null"}
        )
    if "$ref" in part:
        return str(part["$ref"]).removeprefix(SCHEMAS)
    bounds = [
        f"{words} {part[name]:g}"
        for name, words in (("minimum", "from"), ("maximum", "to"))
        if name in part
    ]
    return " ".join([str(part.get("type", "any")), *bounds])


@router.get("/api/docs")
def docs(request: Request) -> HTMLResponse:
    """Show every address, what it takes and what it gives."""
    rows = list(operations(request.app.openapi()))
    return render(request, "api_docs.html", {"operations": rows})

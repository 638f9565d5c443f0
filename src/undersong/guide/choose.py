"""Which is right for you: from a few answers to advice, by a table. Stores nothing."""

from collections.abc import Mapping
from functools import lru_cache

from pydantic import model_validator

from undersong.errors import ParameterError
from undersong.guide.tables import table
from undersong.values import Value


class Answer(Value):
    """One way to answer."""

    name: str
    say: str


class Question(Value):
    """One question with its answers."""

    name: str
    ask: str
    answers: tuple[Answer, ...]


class Link(Value):
    """Where to go next."""

    to: str
    say: str


class Advice(Value):
    """What fits the answers."""

    title: str
    text: str
    links: tuple[Link, ...]


class Route(Value):
    """The advice for all answers that fit."""

    when: Mapping[str, tuple[str, ...]]
    to: str

    def fits(self, answers: Mapping[str, str]) -> bool:
        """Return whether every named question has one of the named answers."""
        return all(answers.get(name) in wanted for name, wanted in self.when.items())


class Choice(Value):
    """The whole table."""

    questions: tuple[Question, ...]
    advice: Mapping[str, Advice]
    routes: tuple[Route, ...]

    @model_validator(mode="after")
    def _routes_name_what_exists(self) -> "Choice":
        answers = {q.name: {a.name for a in q.answers} for q in self.questions}
        for route in self.routes:
            for name, wanted in route.when.items():
                if not set(wanted) <= answers.get(name, set()):
                    raise ValueError(f"a route names no answer of {name!r}: {wanted}")
            if route.to not in self.advice:
                raise ValueError(f"a route leads to no advice: {route.to!r}")
        if self.routes[-1].when:
            raise ValueError("the last route must fit every answer")
        return self


@lru_cache(maxsize=1)
def load() -> Choice:
    """Return the table that ships with the program."""
    return Choice.model_validate(table("choose"))


def route(answers: Mapping[str, str]) -> str | None:
    """Return the name of the advice for the answers, None while some are missing.

    Danger is answered at once, whatever else is missing.

    Raises
    ------
    ParameterError
        If an answer is none of its question's.
    """
    choice = load()
    for question in choice.questions:
        allowed = [answer.name for answer in question.answers]
        given = answers.get(question.name)
        if given is not None and given not in allowed:
            raise ParameterError(
                f"{question.name}={given!r} is no answer; use {', '.join(allowed)}"
            )
    if answers.get("urgent") != "yes" and any(
        question.name not in answers for question in choice.questions
    ):
        return None
    return next(row.to for row in choice.routes if row.fits(answers))


def advice(name: str) -> Advice:
    """Return the advice of a route."""
    return load().advice[name]

"""A plan: what could see a place in a window, what did, what nobody covers, what to do first."""

from collections.abc import Iterator
from dataclasses import dataclass

from entrepot.checks.check import Check, Gap
from entrepot.checks.images.image import Image
from entrepot.checks.images.matching import Sight
from entrepot.checks.movements.movement import Movement
from entrepot.checks.passes.chance import Pass
from entrepot.checks.passes.sensors import IN_SERVICE
from entrepot.checks.planning.advice import Advice, Question
from entrepot.checks.planning.advised import Advised
from entrepot.checks.posts.post import Post
from entrepot.checks.site import Site
from entrepot.checks.window import Window


@dataclass(frozen=True, slots=True)
class Plan:
    """What could be checked at one site.

    Attributes:
        site: the place.
        window: the time.
        passes: in order of time, swath and agile ones.
        images: in order of time.
        posts: nearest first.
        movements: in order of time.
        gaps: where nothing is known, with what would fill it.
        questions: the open claims that it serves; empty: only a place was asked for.
        advice: first is best.
        refused: satellites that were left out, each with one sentence why.
        notes: what a reader must know: ages, tolerances, sources, their days.
        sights: of each pass inside a swath, whether archives hold an image; empty: the gaps tell.
    """

    site: Site
    window: Window
    passes: tuple[Pass, ...] = ()
    images: tuple[Image, ...] = ()
    posts: tuple[Post, ...] = ()
    movements: tuple[Movement, ...] = ()
    gaps: tuple[Gap, ...] = ()
    questions: tuple[Question, ...] = ()
    advice: tuple[Advice, ...] = ()
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sights: tuple[Sight, ...] = ()

    def swath_passes(self) -> list[Pass]:
        """Passes inside a swath, in order of time; satellites not known to work come last."""
        swath = [one for one in self.passes if one.mode == "swath"]
        return sorted(swath, key=lambda one: not one.service.startswith(IN_SERVICE))

    def advised(self) -> list[Advised]:
        """The advice as checks, first is best."""
        return [Advised(one, self.site, self.window) for one in self.advice]

    def all_checks(self) -> Iterator[Check]:
        """What is advised, then every single check: the rows of a plan."""
        yield from self.advised()
        yield from self.checks()

    def checks(self) -> Iterator[Check]:
        """All single checks, kind by kind, swath passes before agile ones."""
        yield from self.swath_passes()
        yield from (one for one in self.passes if one.mode != "swath")
        yield from self.images
        yield from self.posts
        yield from self.movements

"""The records that claims are tested against, put together from a workspace and what is given."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from entrepot.engine import Engine
from entrepot.evidence.assessing.records import SINCE, Loaded, Records
from entrepot.measures.ask import shipped
from entrepot.parties.lists import ListStore
from entrepot.parties.lists.records import Held
from entrepot.parties.match.matcher import BEST, Matcher
from entrepot.parties.match.query import Hit, Query
from entrepot.signals.detect import Findings, detect
from entrepot.signals.partners.table import Partners
from entrepot.signals.question import Question
from entrepot.sources.flightlist import read_flights
from entrepot.sources.observations import read_observations
from entrepot.sources.store import imports
from entrepot.workspace.dealings import Asked, partners_of
from entrepot.workspace.screening.lists import sets_of
from entrepot.workspace.straight import Figures, rules


@dataclass(frozen=True)
class Sources:
    """What a run is given beside the workspace.

    `lists`: files and folders of lists; empty: those of the workspace. `observations`, `flights`:
    files; null: none. `as_of`: the day as of which figures count; null: all of them. `since`:
    from when trade is looked at where a claim says no time.
    """

    lists: tuple[Path, ...] = ()
    observations: Path | None = None
    flights: Path | None = None
    as_of: date | None = None
    since: str = SINCE


@dataclass
class StoredLists:
    """Lists that can be asked by day and by name; the matcher of a day is made once."""

    store: ListStore
    algorithm: str = BEST
    _matchers: dict[date | None, Matcher] = field(default_factory=dict)

    def editions(self) -> tuple[Held, ...]:
        """The editions held."""
        return self.store.editions()

    def alike(self, name: str, day: date | None) -> list[Hit]:
        """Parties listed on a day, or that may have been, with a name like this one, best first."""
        if day not in self._matchers:
            parties = self.store.on(day) if day else self.store.current()
            self._matchers[day] = Matcher.build(parties, algorithm=self.algorithm)
        return self._matchers[day].match(Query.of(name)) if name.strip() else []


@contextmanager
def records(
    root: Path,
    figures: Figures,
    engine: Engine,
    sources: Sources,
    *,
    lists_in: Path | None = None,
    told: Callable[[str], None] = lambda text: None,
) -> Iterator[Records]:
    """The records at hand, for as long as the engine and given lists are open.

    Leads and partners are worked out when the first claim asks for them, and once.

    Args:
        root: folder in which the figures were imported.
        figures: what was imported, or ships.
        engine: where the figures live.
        sources: files beside it.
        lists_in: folder of the lists; null: the same.
        told: hears what is being worked out, where that takes a while, and what was left out.

    Raises:
        RequestError: `--lists` names no list.
        SourceError: a list, an observation file or a flight list that is not as it should be.
    """
    seen = read_observations(sources.observations) if sources.observations else None
    flown = read_flights(sources.flights) if sources.flights else None
    with ExitStack() as stack:
        lists = _lists(lists_in or root, sources.lists, stack, told)
        yield Records(
            rulebook=shipped(),
            figures=_loaded(root, figures, engine),
            lists=lists,
            observations=seen,
            flights=flown,
            leads=_leads(figures, engine, sources, told),
            partners=_partners(figures, engine, sources, told),
            since=sources.since,
        )


def _loaded(root: Path, figures: Figures, engine: Engine) -> Loaded:
    about = figures.about
    names = {one.file_id: one.name for one in imports(root)}
    if about is not None:
        names[about.sha256] = about.title
    notes = figures.vintage.sentences if figures.vintage else ()
    lacks = about.lacks if about else ()
    return Loaded(engine.view(figures.flows), engine, figures.title, names, lacks, notes)


def _leads(
    figures: Figures, engine: Engine, sources: Sources, told: Callable[[str], None]
) -> Callable[[str], Findings]:
    @cache
    def found(target: str) -> Findings:
        told(f"looking for leads to {target}")
        question = Question.ask(target=target, since=sources.since, as_of=sources.as_of)
        return detect(figures.flows, rules(question), question, engine)

    return found


def _partners(
    figures: Figures, engine: Engine, sources: Sources, told: Callable[[str], None]
) -> Callable[[str, date | None], Partners]:
    @cache
    def found(country: str, on: date | None) -> Partners:
        told(f"ranking the partners of {country}")
        asked = Asked(country, on=on, as_of=sources.as_of)
        return partners_of(figures, shipped(), asked, engine=engine).partners

    return found


def _lists(
    root: Path, given: Sequence[Path], stack: ExitStack, told: Callable[[str], None]
) -> StoredLists | None:
    """The lists given, or those of the workspace; null: there are none."""
    if not given:
        store = ListStore(root, told)
        return StoredLists(store) if store.lists() else None
    folder = stack.enter_context(TemporaryDirectory(prefix="entrepot-lists-"))
    store, notes = ListStore(Path(folder), told), list[str]()
    for files in sets_of(given, notes):
        store.add(*files)
    for note in notes:
        told(note)
    return StoredLists(store)

"""Raw rows to trade flows and refused rows, set by set.

Each distinct country, flow, code, period and edition is parsed once in Python; the engine joins the
results to the rows. Every raw row ends in exactly one of three places: kept, refused with a
reason, or counted as not available.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from entrepot.codes import commodity
from entrepot.engine import Engine
from entrepot.records.trade import REFUSED_ROW, TOTAL_CODE, TRADE_FLOW
from entrepot.sources.checks import MONEY, all_checks
from entrepot.sources.raw import NUMBERS, Fault, Meaning, Parser

UNKNOWN_EDITION: Final = "unknown HS edition"
DUPLICATE: Final = "duplicate"
SECOND_VALUE: Final = "second value for the same cell"

EDITIONS: Final = tuple(commodity.HS_EDITIONS.values())
_MORE_DECIMALS: Final = r"\.\d\d\d*[1-9]"

_MAPPING: Final = pa.schema(
    [
        ("raw", pa.string()),
        ("value", pa.string()),
        ("id", pa.int64()),
        ("extra", pa.string()),
        ("reason", pa.string()),
        ("expected", pa.string()),
    ]
)


@dataclass(frozen=True)
class Outcome:
    """How many raw rows went where."""

    kept: int
    refused: int
    not_available: int
    rounded: int


class Normaliser:
    """The expressions over one file of staged raw rows."""

    def __init__(self, engine: Engine, staged: Path, meaning: Meaning, file_id: str) -> None:
        self._engine = engine
        self._raw = engine.read_parquet([staged])
        self._meaning = meaning
        self._file_id = file_id

    def run(self, flows: Path, refused: Path, scratch: Path) -> Outcome:
        """Write the kept rows to `flows` and the others to `refused`, both in file order."""
        checked_path = scratch / "checked.parquet"
        self._engine.write_parquet(self._checked(), checked_path, compression="lz4")
        checked = self._engine.read_parquet([checked_path])
        judged = self._with_duplicates(checked, scratch)
        self._engine.write_parquet(self._kept(judged), flows)
        self._engine.write_parquet(self._refused(judged), refused)
        return self._count(checked, flows, refused)

    def _count(self, checked: ir.Table, flows: Path, refused: Path) -> Outcome:
        counts = checked.aggregate(
            not_available=checked.absent.sum(), rounded=checked.rounded.sum()
        )
        found = self._engine.fetch(counts).to_pylist()[0]
        return Outcome(
            kept=self._rows(flows),
            refused=self._rows(refused),
            not_available=int(found["not_available"] or 0),
            rounded=int(found["rounded"] or 0),
        )

    def _rows(self, path: Path) -> int:
        table = self._engine.read_parquet([path])
        return int(self._engine.fetch(table.aggregate(n=table.count()))["n"][0].as_py())

    # -- codes -------------------------------------------------------------------------------

    def _mapped(self) -> tuple[ir.Table, dict[str, int]]:
        """Raw rows joined to what their texts mean, and how many meanings each column has."""
        table, sizes = self._raw, {}
        parsers: dict[str, Parser] = {
            "reporter": self._meaning.country,
            "partner": self._meaning.country,
            "flow": self._meaning.flow,
            "code": self._meaning.code,
            "period": self._meaning.period,
            "edition": _edition_of,
            "procedure": lambda text: text,
        }
        for name, parser in parsers.items():
            texts = self._engine.fetch(self._raw.select(name).distinct())[name].to_pylist()
            mapping = _mapping(name, [text for text in texts if text is not None], parser)
            sizes[name] = len(set(mapping["id"].to_pylist())) + 1
            named = self._engine.table(
                mapping.rename_columns([f"{name}_{c}" for c in _MAPPING.names])
            )
            table = table.left_join(named, table[name] == named[f"{name}_raw"])
        return table, sizes

    def _checked(self) -> ir.Table:
        """Every raw row with its parsed parts, its key, and the first reason against it."""
        table, sizes = self._mapped()
        number = {
            name: table[name].try_cast("decimal(18, 2)" if name in MONEY else "float64")
            for name in NUMBERS
        }
        checks = all_checks(table, number, self._meaning)
        absent = self._absent(table)
        # The conditions are weighed once, into a number; the words follow from the number.
        failed = ibis.cases((absent, 0), *[(c[0], n) for n, c in enumerate(checks, start=1)])
        table = table.mutate(
            failed=failed.cast("int16"), **{f"n_{k}": v for k, v in number.items()}
        )
        number = {name: table[f"n_{name}"] for name in NUMBERS}
        checks = all_checks(table, number, self._meaning)
        reason, got, expected = [
            ibis.cases(*[(table.failed == n, c[part]) for n, c in enumerate(checks, start=1)])
            for part in (1, 2, 3)
        ]
        rounded = ibis.or_(
            *[table[m].contains(".") & table[m].re_search(_MORE_DECIMALS) for m in MONEY]
        ).fill_null(False)
        return table.select(
            "ordinal",
            locator=table.place + table.row.cast("string"),
            reporter=table.reporter_value,
            partner=table.partner_value,
            flow=table.flow_value,
            commodity_code=table.code_value,
            level=table.code_extra.try_cast("int8"),
            hs_edition=ibis.coalesce(table.edition_value, table.period_extra),
            period=table.period_value,
            value_eur=number["value_eur"],
            value_usd=number["value_usd"],
            net_mass_kg=number["mass"],
            quantity=number["quantity"],
            quantity_unit=table.unit.nullif(""),
            customs_procedure=table.procedure.nullif(""),
            key=_key(table, sizes),
            absent=(table.failed == 0).fill_null(False),
            rounded=rounded & table.failed.isnull(),
            reason=reason,
            got=got,
            expected=expected,
        )

    def _absent(self, table: ir.Table) -> ir.BooleanValue:
        """True where the publisher prints that it has no figure."""
        words = sorted(self._meaning.not_available)
        if not words:
            return ibis.literal(False)
        given = table.value_eur.fill_null("").strip()
        return given.isin(words) & table.fault.isnull()

    # -- cells that are there twice ------------------------------------------------------------

    def _with_duplicates(self, checked: ir.Table, scratch: Path) -> ir.Table:
        """`checked` with a reason against all but the first row of each cell."""
        good = checked.filter(checked.reason.isnull() & ~checked.absent)
        twice = good.group_by("key").having(good.count() > 1).aggregate(n=good.count())
        path = scratch / "twice.parquet"
        self._engine.write_parquet(_later_rows(good.semi_join(twice, "key")), path)
        later = self._engine.read_parquet([path])
        if self._rows(path) == 0:
            return checked
        joined = checked.left_join(later, checked.ordinal == later.later_ordinal)
        return joined.mutate(
            reason=ibis.coalesce(joined.reason, joined.later_reason),
            got=ibis.coalesce(joined.got, joined.later_got),
            expected=ibis.coalesce(joined.expected, joined.later_expected),
        )

    # -- results -----------------------------------------------------------------------------

    def _kept(self, judged: ir.Table) -> ir.Table:
        # A join keeps no order, and the same file must give the same bytes.
        kept = judged.filter(judged.reason.isnull() & ~judged.absent).order_by("ordinal")
        kept = kept.mutate(file_id=ibis.literal(self._file_id))
        return kept.select({name: kept[name].cast(kind) for name, kind in TRADE_FLOW.items()})

    def _refused(self, judged: ir.Table) -> ir.Table:
        refused = judged.filter(judged.reason.notnull()).order_by("ordinal")
        refused = refused.mutate(file_id=ibis.literal(self._file_id), got=refused.got.fill_null(""))
        return refused.select({n: refused[n].cast(kind) for n, kind in REFUSED_ROW.items()})


def _mapping(name: str, texts: Iterable[str], parser: Parser) -> pa.Table:
    """What each distinct text means; texts of one meaning share an id."""
    ids: dict[str, int] = {}
    rows: list[dict[str, Any]] = []
    for text in sorted(texts):
        parsed = parser(text)
        if isinstance(parsed, Fault):
            rows.append({"raw": text, "reason": parsed.reason, "expected": parsed.expected})
            continue
        number = ids.setdefault(parsed, len(ids) + 1)
        rows.append({"raw": text, "value": parsed, "id": number, "extra": _extra(name, parsed)})
    return pa.Table.from_pylist(rows, schema=_MAPPING)


def _extra(name: str, value: str) -> str | None:
    if name == "code":
        return str(0 if value == TOTAL_CODE else len(value))
    if name == "period":
        return commodity.edition_on(value)
    return None


def _edition_of(text: str) -> str | Fault:
    plain = text.upper().replace("HS", "").strip()
    if not plain:
        return ""
    return plain if plain in EDITIONS else Fault(UNKNOWN_EDITION, f"one of {', '.join(EDITIONS)}")


def _key(table: ir.Table, sizes: dict[str, int]) -> ir.IntegerValue:
    """One number for each cell: reporter, partner, flow, code, procedure and period."""
    key = ibis.literal(0, "int64")
    for name in ("reporter", "partner", "flow", "code", "procedure", "period"):
        key = key * sizes[name] + table[f"{name}_id"].fill_null(0)
    return key


def _later_rows(rows: ir.Table) -> ir.Table:
    """All but the first row of each cell, with the reason against them."""
    window = ibis.window(group_by="key", order_by="ordinal")
    numbers = ("value_eur", "value_usd", "net_mass_kg", "quantity")
    ranked = rows.mutate(
        position=ibis.row_number().over(window),
        first_locator=rows.locator.first(include_null=True).over(window),
        **{f"first_{n}": rows[n].first(include_null=True).over(window) for n in numbers},
    )
    same = ibis.and_(*[ranked[n].identical_to(ranked[f"first_{n}"]) for n in numbers])
    got = ibis.coalesce(ranked.value_eur, ranked.value_usd).cast("string").fill_null("a mass alone")
    later = ranked.mutate(
        later_ordinal=ranked.ordinal,
        later_reason=ibis.ifelse(same, DUPLICATE, SECOND_VALUE),
        later_got=got,
        later_expected=ibis.literal("one row for the cell; the first is ") + ranked.first_locator,
    ).filter(ranked.position > 0)
    return later.select("later_ordinal", "later_reason", "later_got", "later_expected")

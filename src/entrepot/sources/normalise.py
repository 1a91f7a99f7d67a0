"""Raw rows to trade flows and refused rows, set by set.

Texts have been given their meaning on the way in (`sources.parsing`). Every raw row ends in
exactly one of three places: kept, refused with a reason, or counted as not available.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import ibis
import ibis.expr.types as ir

from entrepot.engine import Engine
from entrepot.records.trade import REFUSED_ROW, TRADE_FLOW
from entrepot.sources.checks import MONEY, all_checks
from entrepot.sources.raw import NUMBERS, Meaning

DUPLICATE: Final = "duplicate"
SECOND_VALUE: Final = "second value for the same cell"

_MORE_DECIMALS: Final = r"\.\d\d\d*[1-9]"


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

    def _checked(self) -> ir.Table:
        """Every raw row with its parsed parts, its key, and the first reason against it."""
        table = self._raw
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
            # The outer question spares good rows, which are nearly all, the look at each case.
            ibis.ifelse(
                table.failed.isnull(),
                ibis.null("string"),
                ibis.cases(*[(table.failed == n, c[part]) for n, c in enumerate(checks, start=1)]),
            )
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
            hs_edition=ibis.coalesce(table.edition_value.nullif(""), table.period_extra),
            period=table.period_value,
            value_eur=number["value_eur"],
            value_usd=number["value_usd"],
            net_mass_kg=number["mass"],
            quantity=number["quantity"],
            quantity_unit=table.unit.nullif(""),
            customs_procedure=table.procedure.nullif(""),
            key=table.key,
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
        # A join keeps no order, and the same file must give the same bytes.
        return joined.order_by("ordinal").mutate(
            reason=ibis.coalesce(joined.reason, joined.later_reason),
            got=ibis.coalesce(joined.got, joined.later_got),
            expected=ibis.coalesce(joined.expected, joined.later_expected),
        )

    # -- results -----------------------------------------------------------------------------

    def _kept(self, judged: ir.Table) -> ir.Table:
        kept = judged.filter(judged.reason.isnull() & ~judged.absent)
        kept = kept.mutate(file_id=ibis.literal(self._file_id))
        return kept.select({name: kept[name].cast(kind) for name, kind in TRADE_FLOW.items()})

    def _refused(self, judged: ir.Table) -> ir.Table:
        refused = judged.filter(judged.reason.notnull())
        refused = refused.mutate(file_id=ibis.literal(self._file_id), got=refused.got.fill_null(""))
        return refused.select({n: refused[n].cast(kind) for n, kind in REFUSED_ROW.items()})


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

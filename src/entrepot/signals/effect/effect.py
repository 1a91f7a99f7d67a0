"""The effect of a ban on trade with the target and with hubs, by a regression over all goods.

The equation of EBRD working paper 276 ("The Eurasian roundabout", Chupilkin, Javorcik and Plekhanov
2023), for exporter i, destination j, good k and period t:

    X_ijkt = exp(b1 S_k Post_kt 1[j = target] + b2 S_k Post_kt 1[j in hubs]
                 + FE_ijk + FE_ijt + FE_ikt)

It is estimated by Poisson pseudo maximum likelihood (PPML), which keeps zeros and is not misled by
errors that grow with the flow (Santos Silva and Tenreyro 2006, Rev. Econ. Stat. 88, 641-658). Least
squares on logs of the positive figures stands beside it, since the literature mixes both; it is no
second opinion. `Post_kt` follows the ban of each good, not one date for all.

A rise has innocent causes (firms and people that moved, a project, prices), so an effect is an
average over many goods and says nothing of one good or one firm. Limits: one number is taken for
all goods and all periods after; where effects grow with time, goods restricted earlier serve as
controls of later ones and bias it (Goodman-Bacon 2021, J. Econometrics 225, 254-277), so look at
`effect_by_quarter` too. Control destinations that reroute themselves, or are under measures of
their own, bias it; name those that are to count.
"""

import warnings
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Final, Literal

import numpy as np
import pyarrow as pa

from entrepot.errors import RequestError
from entrepot.signals.effect.design import (
    HUBS,
    NEVER,
    STEPS_AFTER,
    STEPS_BEFORE,
    TARGET,
    Cells,
    Design,
    Flags,
    design,
)
from entrepot.signals.panel import Panel
from entrepot.signals.question import Question

Model = Literal["ppml", "log_ols"]
Cluster = Literal["jk", "ijk"]

MIN_CELLS: Final = 15
"""Destination x good cells of a group, restricted ones and free ones each, below which there is no
effect: as many as the growth of a hub takes (`rise.MIN_FREE_GOODS`). Clustered errors of few
clusters are too small (Cameron and Miller 2015, J. Human Resources 50, 317-372)."""

CONFIDENCE: Final = 0.95
"""Share of the interval, as is usual in this literature."""

BASE_STEP: Final = -1
"""The step before the ban, with which the others are compared."""

ROUNDS: Final = 10_000
"""Most rounds in which fixed effects are swept out. Sparse figures by reporter can take more; they
then give null and the reason."""

GROUPS: Final = {"target": TARGET, "hubs": HUBS}
"""Names of the groups whose effect is estimated."""


@dataclass(frozen=True)
class Estimate:
    """The effect on one group of destinations, against the controls.

    `b` and `standard_error` are on the log scale, clustered as asked for; `change` is
    exp(b) - 1 (a share: 0.30 is 30 % more), with its interval of `CONFIDENCE`. `step` is the
    quarter (year) since the ban, 0 the first; null: all periods after. Where `b` is null, `reason`
    says why.
    """

    group: str
    step: int | None
    b: float | None = None
    standard_error: float | None = None
    change: float | None = None
    change_low: float | None = None
    change_high: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class Effect:
    """What a regression found.

    `observations` and `clusters` are those that were used; `left_out` counts observations that say
    nothing: all zero within a fixed effect, or alone in one (for `log_ols` also every zero).
    `restricted_goods` and `control_goods` count goods, `controls` names the control destinations.
    """

    model: Model
    estimates: tuple[Estimate, ...]
    fixed_effects: tuple[str, ...]
    controls: tuple[str, ...]
    observations: int
    clusters: int
    left_out: int
    restricted_goods: int
    control_goods: int

    def of(self, group: str, step: int | None = None) -> Estimate:
        """The estimate of a group.

        Raises:
            RequestError: it was not asked for.
        """
        for one in self.estimates:
            if (one.group, one.step) == (group, step):
                return one
        raise RequestError(f"got group {group!r}, step {step}, which this effect does not hold")


def effect(
    figures: Panel | Cells,
    question: Question,
    hubs: Collection[str],
    *,
    controls: Collection[str] = (),
    model: Model = "ppml",
    cluster: Cluster = "jk",
) -> Effect:
    """The effect of the ban on the target and on the hubs together.

    Args:
        figures: the coalition's exports, as a panel or by reporter.
        question: target, and the first period that counts as after a ban.
        hubs: destinations whose effect is asked for; none: the target's alone.
        controls: destinations that carry ordinary demand for each good; none: all others. Where
            there are no others at all, the good x period effects are left out: then each group is
            compared with its own free goods alone (a difference in differences, not a triple one).
        model: `ppml`, or `log_ols` for comparison.
        cluster: errors may hang together within destination x good (`jk`), or within exporter x
            destination x good (`ijk`), which takes exporters for independent.

    Raises:
        RequestError: the target is not in the figures, or a country stands in two groups.
    """
    return _estimate(design(figures, question, hubs, controls, cluster), model, by_step=False)


def effect_by_quarter(
    figures: Panel | Cells,
    question: Question,
    hubs: Collection[str],
    *,
    controls: Collection[str] = (),
    model: Model = "ppml",
    cluster: Cluster = "jk",
) -> Effect:
    """The same by quarter (year) since each good's ban, against the last one before it.

    Arguments and errors as in `effect`. Steps before the ban should be near 0: where they are not,
    the controls did not move with the rest, and the effect is in doubt.
    """
    return _estimate(design(figures, question, hubs, controls, cluster), model, by_step=True)


@dataclass(frozen=True)
class _Dummy:
    """One regressor: where it is 1, and what it is called."""

    group: str
    step: int | None
    is_one: Flags

    def without(self, reason: str) -> Estimate:
        return Estimate(self.group, self.step, reason=reason)


def _estimate(whole: Design, model: Model, *, by_step: bool) -> Effect:
    used = _trimmed(whole, model)
    dummies = _dummies(used, by_step=by_step)
    refused: dict[tuple[str, int | None], Estimate] = {}
    # What was refused for want of any trade is fitted perfectly by its own term: it goes with it.
    empty = np.zeros(len(used.value), dtype=bool)
    for one in dummies:
        if reason := _unknowable(one, used):
            refused[one.group, one.step] = one.without(reason)
            empty |= one.is_one & (used.value[one.is_one].sum() == 0)
    asked = [one for one in dummies if (one.group, one.step) not in refused]
    found = _fit(used, asked, empty, model) if asked else {}
    return Effect(
        model=model,
        estimates=tuple({**refused, **found}[one.group, one.step] for one in dummies),
        fixed_effects=tuple(used.fixed),
        controls=whole.controls,
        observations=int((~empty).sum()),
        clusters=len(np.unique(used.cluster[~empty])),
        left_out=len(whole.value) - int((~empty).sum()),
        restricted_goods=whole.restricted_goods,
        control_goods=whole.control_goods,
    )


def _trimmed(whole: Design, model: Model) -> Design:
    """Without what no estimate can use, again and again until nothing more falls away.

    Levels of a fixed effect in which all is zero (separation: PPML would send them to minus
    infinity; Correia, Guimaraes and Zylkin 2019), and observations alone in theirs (singletons).
    """
    used = whole.kept(whole.value > 0) if model == "log_ols" else whole
    while True:
        keep = np.ones(len(used.value), dtype=bool)
        for ids in used.fixed.values():
            keep &= (np.bincount(ids, used.value) > 0)[ids] & (np.bincount(ids) > 1)[ids]
        if keep.all():
            return used
        used = used.kept(keep)


def _dummies(used: Design, *, by_step: bool) -> list[_Dummy]:
    """The regressors, in order of group and step; a group without destinations has none."""
    made = []
    for name, group in GROUPS.items():
        here = used.group == group
        if not by_step and here.any():
            made.append(_Dummy(name, None, here & used.is_after))
        for step in range(-STEPS_BEFORE, STEPS_AFTER) if by_step else ():
            is_one = here & (used.step == step)
            if step != BASE_STEP and is_one.any():
                made.append(_Dummy(name, step, is_one))
    return made


def _unknowable(one: _Dummy, used: Design) -> str:
    """Why an effect cannot be told; empty where it can be tried."""
    here = used.group == GROUPS[one.group]
    bound = len(np.unique(used.cluster[one.is_one]))
    free = len(np.unique(used.cluster[here & (used.step == NEVER)]))
    if bound < MIN_CELLS:
        return f"{bound} restricted destination x good cells, {MIN_CELLS} are needed"
    if free < MIN_CELLS:
        return f"{free} free destination x good cells, {MIN_CELLS} are needed"
    if used.value[one.is_one].sum() == 0:
        return "nothing was sold in these cells: the fall is total, and has no finite b"
    return ""


def _fit(
    used: Design, asked: list[_Dummy], empty: Flags, model: Model
) -> dict[tuple[str, int | None], Estimate]:
    """Estimates by group and step."""
    names = {f"d{i}": one for i, one in enumerate(asked)}
    y = used.value / used.value.mean() if model == "ppml" else np.log(used.value)
    columns = {"y": y, "cell": used.cluster} | used.fixed
    columns |= {name: one.is_one.astype(np.float64) for name, one in names.items()}
    frame = pa.table({name: column[~empty] for name, column in columns.items()})
    formula = f"y ~ {' + '.join(names)} | {' + '.join(used.fixed)}"
    try:
        found = _run(formula, frame, model)
    except (ValueError, FloatingPointError, np.linalg.LinAlgError) as error:
        why = f"the regression failed: {str(error).splitlines()[0]}"
        return {(one.group, one.step): one.without(why) for one in asked}
    return {(one.group, one.step): _told(one, found.get(name)) for name, one in names.items()}


def _run(formula: str, frame: pa.Table, model: Model) -> Mapping[str, tuple[float, float]]:
    """Coefficient and error by regressor; those that the fixed effects absorb are missing."""
    import pyfixest  # here, for it takes more than a second to import

    options: dict[str, Any] = {
        "vcov": {"CRV1": "cell"}, "fixef_rm": "none", "fixef_maxiter": ROUNDS,
        "copy_data": False, "store_data": False,
    }  # fmt: skip
    with warnings.catch_warnings():
        # Separation and singletons are dealt with before; what is left warns of dropped terms,
        # which are missing from the result and told there.
        warnings.simplefilter("ignore")
        if model == "ppml":
            fit = pyfixest.fepois(formula, frame, separation_check=[], iwls_maxiter=100, **options)
            if not fit.convergence:
                raise ValueError("it did not converge in 100 rounds")
        else:
            fit = pyfixest.feols(formula, frame, **options)
    return {
        name: (float(b), float(error))
        for name, b, error in zip(fit._coefnames, fit._beta_hat, fit._se, strict=True)
    }


def _told(one: _Dummy, found: tuple[float, float] | None) -> Estimate:
    if found is None or not np.isfinite(found).all():
        return one.without("it cannot be told apart from the fixed effects")
    b, error = found
    reach = NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * error
    change, low, high = (float(np.expm1(x)) for x in (b, b - reach, b + reach))
    return Estimate(one.group, one.step, b, error, change, low, high)

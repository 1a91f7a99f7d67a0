"""Write a month of Comext in the layout full_v2: about 4.9 million rows, 400 MB, seeded.

    python benchmarks/generate_comext.py OUT.csv [--rows 4902194] [--seed 1]

Countries, products and values are skewed as in the real files: a few pairs and products hold most
of the money, most cells are small. One row in 5,000 carries a confidential product code. Every
cell is there once.
"""

import argparse
from pathlib import Path

import duckdb

EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
REST = (
    "AM AZ BY CA CH CN GB GE HK IN IL JP KG KR KZ MA MD MX MY NO RU SA SG TH TJ TM TN TR TW UA "
    "US UZ VN XK XS ZA AE AR AU BR CL CO EG ID NZ PH PK QA"
)
ROWS = 4_902_194
CODES = 9_500

HEADER = (
    "REPORTER,PARTNER,TRADE_TYPE,PRODUCT_NC,PRODUCT_SITC,PRODUCT_CPA21,PRODUCT_CPA22,PRODUCT_BEC,"
    "PRODUCT_BEC5,PRODUCT_SECTION,FLOW,STAT_PROCEDURE,SUPPL_UNIT,PERIOD,VALUE_EUR,VALUE_NAC,"
    "QUANTITY_KG,QUANTITY_SUPPL_UNIT"
)


def generate(path: Path, rows: int = ROWS, seed: int = 1, period: str = "202208") -> None:
    """Write `rows` rows to `path`; the same seed gives the same file."""
    members = EU.split()
    partners = members + REST.split()
    reporters_sql = ", ".join(f"'{code}'" for code in members)
    partners_sql = ", ".join(f"'{code}'" for code in partners)
    columns = HEADER.split(",")
    query = f"""
        with cells as (
            select i, hash(i, {seed}) as h, hash(i, {seed + 1}) as g
            from range({rows * 2}) t(i)
        ), drawn as (
            select i, h, g,
                -- squares of uniform draws: the first codes and countries come up most
                cast(floor({len(members)} * pow((h % 100003) / 100003.0, 1.5)) as int) as r,
                cast(floor({len(partners)} * pow((g % 100019) / 100019.0, 1.3)) as int) as p,
                cast(floor({CODES} * pow(((h // 7) % 1000003) / 1000003.0, 1.2)) as int) as c,
                (g // 11) % 2 + 1 as f,
                case when (g // 13) % 20 < 18 then 1 when (g // 13) % 20 = 18 then 2 else 3 end as s
            from cells
        ), once as (
            select any_value(i) as i, any_value(h) as h, any_value(g) as g, r, p, c, f, s
            from drawn
            where [{reporters_sql}][r + 1] <> [{partners_sql}][p + 1]
            group by r, p, c, f, s
            order by min(i) limit {rows}
        ), priced as (
            select *, exp(4 + 9 * pow((h % 10007) / 10007.0, 1.6) + (g % 1009) / 400.0) as v,
                case when h % 5000 = 0 then lpad(cast(1 + c % 97 as varchar), 2, '0') || 'XXXXXX'
                    else lpad(cast(1011000 + c * 10311 as varchar), 8, '0') end as code
            from once
        )
        select [{reporters_sql}][r + 1], [{partners_sql}][p + 1],
            case when p < {len(members)} then 'I' else 'E' end, code,
            lpad(cast(1 + c % 99999 as varchar), 5, '0'), lpad(cast(c % 9999 as varchar), 4, '0'),
            lpad(cast(c % 9999 as varchar), 4, '0'), cast(100 + c % 500 as varchar),
            cast(100000 + c % 70000 as varchar), lpad(cast(1 + c % 21 as varchar), 2, '0'), f, s,
            case when c % 3 = 0 then 'NAR' else '' end, '{period}', cast(round(v) as bigint),
            cast(round(v) as bigint), cast(round(v / (1 + g % 60)) as bigint),
            case when c % 3 = 0 then cast(1 + g % 90000 as varchar) else '' end
        from priced order by r, p, code, f, s
    """
    names = ", ".join(f'"{name}"' for name in columns)
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select * from ({query}) t({names})) to '{path}' (format csv, header, quote '')"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("out", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    generate(options.out, options.rows, options.seed)
    print(f"{options.out}: {options.rows:,} rows, {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

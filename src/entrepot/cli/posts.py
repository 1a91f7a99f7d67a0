"""`entrepot posts`: diplomatic missions near a place on a day, and the sheet for a visit."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from entrepot.checks.places.find import site_of
from entrepot.checks.posts.listed import Posts, read_posts, shipped_posts
from entrepot.checks.posts.near import WITHIN_KM, by_city, notes_on, posts_near
from entrepot.checks.posts.post import Post
from entrepot.checks.posts.sheet import visit_sheet
from entrepot.checks.posts.status import shipped_status
from entrepot.checks.site import Site, coordinates
from entrepot.checks.window import Window
from entrepot.cli.common import emit, escape, format_option, out_option, words, write_text
from entrepot.cli.days import parse_day
from entrepot.cli.places import country_option, one_source_option, unlocode_option
from entrepot.codes.country import parse
from entrepot.records.checks import CHECK

MOST = 20


@click.command(
    "posts",
    epilog='Examples: entrepot posts "558th Aircraft Repair Plant" --on 2022-08-26 · '
    "entrepot posts 53.10,26.05 --on 2022-08-26 --within 150 --sheet visit.md",
)
@click.argument("place", metavar="NAME|COORDINATES")
@click.option("--on", "on_day", callback=parse_day, required=True, metavar="DATE",
              help="The day of which the status is said, e.g. 2022-08-26.")  # fmt: skip
@click.option("--within", "within_km", type=click.FloatRange(min=0, min_open=True),
              default=WITHIN_KM, show_default=True, metavar="KM",
              help="None farther, in a straight line.")  # fmt: skip
@click.option("--most", type=click.IntRange(min=1), default=MOST, show_default=True,
              help="Rows of the table; the data have all.")  # fmt: skip
@click.option("--in", "host", default="", metavar="COUNTRY",
              help="Only missions in this country: across a border they do not help.")  # fmt: skip
@click.option("--posts", "posts_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A newer list, CSV of database-of-embassies.")  # fmt: skip
@click.option("--sheet", type=click.Path(dir_okay=False, path_type=Path),
              help="Write the sheet for a visit to this file, in Markdown.")  # fmt: skip
@country_option
@unlocode_option
@one_source_option
@out_option
@format_option
def posts_command(
    place: str, on_day: date, within_km: float, most: int, host: str, posts_file: Path | None,
    sheet: Path | None, out: Path | None, output_format: str, **options: Any,
) -> None:  # fmt: skip
    """List embassies and consulates near a place, nearest first, with what is known of the day.

    The shipped list is Wikidata's of 23 June 2022. It does not say whether a mission works: where
    no dated fact is at hand the status is unknown.
    """
    with words.status("looking up the place"):
        site = site_of(place, **options)
    posts = read_posts(posts_file) if posts_file else shipped_posts()
    near = posts_near(
        site, on_day, posts=posts, status=shipped_status(), within_km=within_km,
        host=parse(host) if host else "",
    )  # fmt: skip
    inputs = [one for one in (posts_file, options["unlocode"]) if one]
    _say(site, near, posts, on_day, within_km)
    emit(
        [one.row() for one in near], output_format, out, columns=tuple(CHECK),
        table=[_line(one) for one in near[:most]], inputs=inputs,
    )  # fmt: skip
    if sheet is not None:
        window = Window.of_days(on_day, on_day)
        write_text(sheet, visit_sheet(site, near, window, ()), inputs=inputs, option="--sheet")
        words.print(f"wrote the sheet for a visit to {escape(str(sheet))}")


def _say(site: Site, near: tuple[Post, ...], posts: Posts, day: date, within_km: float) -> None:
    name = ": ".join(dict.fromkeys((site.name, coordinates(site))))  # a bare point is its own name
    words.print(f"{escape(name)}. {escape(site.note)}")
    for note in notes_on(posts, day, site.country):
        words.print(f"[dim]note:[/] {escape(note)}")
    if posts.without_place:
        words.print(
            f"[dim]note:[/] {posts.without_place} of {len(posts.missions)} missions have no "
            "coordinates and cannot be found by place."
        )
    if not near:
        words.print(f"no mission with coordinates within {within_km:g} km; --within looks farther")
        return
    cities = "; ".join(
        f"{one.name} {one.host}: {one.missions} from {one.from_km:.0f} km"
        for one in by_city(near)[:6]
    )
    words.print(f"{len(near)} within {within_km:g} km: {escape(cities)}")


def _line(one: Post) -> dict[str, Any]:
    return {
        "km": round(one.distance_km), "operator": one.operator, "kind": one.kind_of_post,
        "city": one.city, "host": one.host, "standing": one.status,
    }  # fmt: skip


commands = (posts_command,)

"""The dossier as Markdown, to be read as it stands or through any CommonMark reader."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from entrepot.dossiers.dossier.canonical import dossier_id, reviewed_id
from entrepot.dossiers.dossier.dossier import Dossier, Finding, Party
from entrepot.dossiers.dossier.section import Chart, Section, Sentence, Table
from entrepot.dossiers.paper import listed
from entrepot.dossiers.render import words
from entrepot.dossiers.render.chartdata import chart_data
from entrepot.dossiers.render.cites import Cited, numbered
from entrepot.dossiers.render.fit import columns_of_numbers
from entrepot.dossiers.render.marksigns import (
    code,
    hashed,
    heading,
    inner,
    line,
    link,
    quote,
    table,
)
from entrepot.dossiers.render.prose import paragraphs
from entrepot.dossiers.render.text import cell, day, land

Refs = Callable[[Iterable[str]], str]


def dossier_markdown(dossier: Dossier) -> str:
    """The same facts as the page, with numbered sources at the end; equal input, equal bytes.

    Raises:
        DossierError: a citation or a file is missing, or a table is ragged.
    """
    cited = numbered(dossier)

    def refs(ids: Iterable[str]) -> str:
        found = [f"[{cited[key].number}]" for key in dict.fromkeys(ids)]
        return " " + ("".join(found) or "(no source)")

    if words.is_stone(dossier):
        return _joined([*_stone(dossier), *_versions(dossier), *_verify(dossier)])
    blocks = [
        *_head(dossier, refs), *_findings(dossier, refs), *_parties(dossier, refs),
        *(block for one in dossier.sections for block in _section(one, refs)),
        *_sources(dossier, cited), *_versions(dossier), *_reviews(dossier), *_verify(dossier),
    ]  # fmt: skip
    return _joined(blocks)


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"


def _stone(dossier: Dossier) -> Iterator[str]:
    """What stands in place of a withdrawn dossier: that it is, and why."""
    yield f"# {heading(dossier.title) or 'Dossier'}"
    yield from _state(dossier)
    if dossier.contact:
        yield f"Reply or correction to: {inner(dossier.contact)}"


def _sentence(one: Sentence, refs: Refs) -> str:
    return line(one.text) + refs(one.citations)


def _state(dossier: Dossier) -> Iterator[str]:
    """What must be known before anything else is read."""
    word, meaning = words.STATES.get(dossier.state, (inner(dossier.state), ""))
    last = dossier.versions[-1] if dossier.versions else None
    if words.is_draft(dossier):
        yield f"> **{word}, not published.** {meaning}"
    elif dossier.state != "published":
        when = f" on {day(last.published_on)}" if last and last.published_on else ""
        yield f"> **{word}{when}.** {meaning}"
        if last:
            yield "\n".join(f"> - {line(one)}" for one in last.changes)


def _head(dossier: Dossier, refs: Refs) -> Iterator[str]:
    yield f"# {heading(dossier.title) or 'Dossier'}"
    yield from _state(dossier)
    yield line(dossier.question)
    yield from (_sentence(one, refs) for one in dossier.summary)
    yield f"{words.CAUTION} A number in brackets is that of a source, listed at the end."
    hubs, targets = ([inner(land(one)) for one in some] for some in (dossier.hubs, dossier.targets))
    word = words.STATES.get(dossier.state, (inner(dossier.state), ""))[0]
    when = f", {day(dossier.published_on)}" if dossier.published_on else ""
    unknown = sum(one.kind == "unknown" for one in dossier.sentences())
    told = {
        "State": f"{word}{when}, version {dossier.version}",
        "Records, rules and lists as of": inner(day(dossier.as_of)),
        "Third country studied": listed(hubs),
        "Destination studied": listed(targets),
        "Goods, HS code": inner(", ".join(dossier.codes)),
        "Named": listed([inner(one.name) for one in dossier.parties]) or "nobody",
        "Sentences that say that something is not known": str(unknown),
        "Reply or correction to": inner(dossier.contact) or "no address is given",
    }
    yield "\n".join(f"- {key}: {value}" for key, value in told.items() if value)


def _findings(dossier: Dossier, refs: Refs) -> Iterator[str]:
    yield "## Findings"
    if not dossier.findings:
        yield "No claim of this case was tested."
    for number, one in enumerate(dossier.findings, start=1):
        yield f"### Finding {number}"
        yield quote(one.text)
        yield from _finding(one, refs)


def _finding(one: Finding, refs: Refs) -> Iterator[str]:
    word, meaning = words.verdict(one)
    where = f", {link(one.said_where)}" if one.said_where else ""
    yield f"Reported by {inner(words.said(one))}{where}."
    yield line(one.summary) + refs(one.citations)
    band = "none is given" if one.probability is None else f"**{inner(one.band)}**"
    told = [
        f"- Against records: **{word}** ({meaning})",
        f"- On all evidence: **{inner(one.standing)}** ({words.roots(one)})",
        f"- Probability on it: {band}",
        f"- Names: {listed([inner(name) for name in one.names])}" if one.names else "",
        f"- Claim: {code(one.claim_id)}",
    ]
    yield "\n".join(item for item in told if item)


def _parties(dossier: Dossier, refs: Refs) -> Iterator[str]:
    yield "## Who is named, and their reply"
    if not dossier.parties:
        yield "No party has an entry."
    for one in dossier.parties:
        yield f"### {heading(one.name)}"
        yield from _party(one, dossier.as_of, refs)
    held = {one.name for one in dossier.parties}
    if missing := [inner(one) for one in dossier.named if one not in held]:
        yield f"Named above or below without an entry here: {listed(missing)}."


def _party(one: Party, as_of: str, refs: Refs) -> Iterator[str]:
    lists = inner(one.listed) or "no hit in those at hand"
    yield f"{line(words.whose(one, land(one.country)))}{refs(one.citations)}"
    yield f"On lists on {inner(day(as_of))}: {lists}"
    if one.reply:
        yield f"{inner(words.asked(one))} The reply, to the letter:"
        yield quote(one.reply)
    elif one.no_reply_because:
        yield f"{inner(words.asked(one))} **No reply.** {inner(one.no_reply_because)}"
    else:
        yield f"{inner(words.asked(one))} **{words.NO_REPLY}**"


def _section(one: Section, refs: Refs) -> Iterator[str]:
    yield f"## {heading(one.heading)}"
    for part in paragraphs(one.sentences):
        kind = words.KIND_WORDS.get(part.kind, inner(part.kind))
        if part.is_list:
            yield f"**{kind}.**"
            yield "\n".join(f"- {_sentence(said, refs)}" for said in part.sentences)
        else:
            told = " ".join(inner(said.text) + refs(said.citations) for said in part.sentences)
            yield f"**{kind}.** {told}"
    for held in one.tables:
        yield from _table(held, refs)
    for chart in one.charts:
        yield from _chart(chart, refs)


def _table(one: Table, refs: Refs) -> Iterator[str]:
    numeric = columns_of_numbers(one)
    yield f"**{inner(one.caption)}**"
    yield table(
        [*(inner(name) for name in one.columns), "source"],
        [
            [*(inner(cell(value)) for value in row), refs(ids).strip()]
            for row, ids in zip(one.rows, one.citations, strict=True)
        ],
        [*numeric, False],
    )


def _chart(one: Chart, refs: Refs) -> Iterator[str]:
    yield f"**{inner(one.title)}**{refs(one.citations)}"
    if re.fullmatch(r"[\w-]+", one.chart_id, re.A):
        yield f"![{inner(one.alt)}](charts/{one.chart_id}.svg)"
    yield line(one.alt)
    for data in chart_data(one):
        yield table(
            [inner(name) for name in data.columns],
            [[inner(value) for value in row] for row in data.rows],
            data.numeric,
        )


def _sources(dossier: Dossier, cited: Mapping[str, Cited]) -> Iterator[str]:
    yield "## Sources"
    if not cited:
        yield "Nothing is cited."
    for one in cited.values():
        yield "\n\n".join(_source(one))
    if dossier.files:
        yield "### Files it rests on"
        yield table(
            ["File", "Publisher", "Retrieved", "Licence", "SHA-256"],
            [
                [inner(one.name), inner(one.publisher), inner(day(one.retrieved_at)) or "not known",
                 inner(one.licence) or "not stated", hashed(one.file_id)]
                for one in dossier.files
            ],
            [False] * 5,
        )  # fmt: skip


def _source(one: Cited) -> Iterator[str]:
    """A source as one item of a numbered list; what belongs to it is set in."""
    it, file = one.citation, one.file
    kind = words.SOURCE_WORDS.get(it.kind, inner(it.kind))
    told = {
        "Where in it": inner(it.locator),
        "How the rows were chosen": code(it.query) or "as they stand",
        "File": inner(file.name) if file else "none: a method or an entry of the casebook",
    }
    if file:
        told |= {
            "Publisher": inner(file.publisher),
            "Taken from": link(file.origin) or "no address: a protected source, or a person's word",
            "Retrieved": inner(day(file.retrieved_at)) or "not known",
            "Licence": inner(file.licence) or "not stated",
            "SHA-256 of the file": code(file.file_id),
        }
    told["Citation"] = code(it.citation_id)
    begin = f"{one.number}. "
    indent = " " * len(begin)  # less, and the lines would not belong to the item
    yield f"{begin}**{inner(it.what)}** ({kind})"
    yield "\n".join(f"{indent}- {key}: {value}" for key, value in told.items() if value)
    if it.rows:
        rows = [[inner(value) for value in row] for row in one.cells]
        made = table([inner(name) for name in one.columns], rows, one.numeric)
        yield "\n".join(indent + text for text in made.split("\n"))
    else:
        yield f"{indent}No rows are quoted."


def _versions(dossier: Dossier) -> Iterator[str]:
    yield "## Versions and corrections"
    if not dossier.versions:
        yield "This is the first version."
    for one in reversed(dossier.versions):
        is_this = one is dossier.versions[-1]
        when = inner(day(one.published_on)) or "not published"
        which = ", this one" if is_this else f", {code(one.dossier_id)}" if one.dossier_id else ""
        yield f"**Version {one.number}**, {when}{which}"
        yield "\n".join(f"- {line(change)}" for change in one.changes)


def _reviews(dossier: Dossier) -> Iterator[str]:
    yield "## Reviews"
    if not dossier.reviews:
        yield "Nobody has reviewed this content yet."
    content = reviewed_id(dossier)
    yield "\n".join(
        f"- **{inner(one.by)}**, {inner(day(one.at))}: "
        f"{inner(words.DECISIONS.get(one.decision, one.decision))} "
        + ("exactly this content" if one.content_id == content
           else f"an earlier text, {code(one.content_id)}")
        + (f". {inner(one.because)}" if one.because else "")
        for one in dossier.reviews
    )  # fmt: skip


def _verify(dossier: Dossier) -> Iterator[str]:
    yield "## How to verify this"
    told = {inner(name): code(how) for name, how in words.VERIFY} | {
        "SHA-256 of dossier.json, from which this is made": code(words.data_hash(dossier)),
        "Dossier": code(dossier_id(dossier)),
        "Content that was reviewed": "" if words.is_stone(dossier) else code(reviewed_id(dossier)),
        "Case": code(dossier.case_id),
        "Made with": inner(dossier.made_with) or "not stated",
        "Licence of its own words": inner(dossier.licence) or "not stated",
    }
    yield "\n".join(f"- {key}: {value}" for key, value in told.items() if value)

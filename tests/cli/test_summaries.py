"""`entrepot --help` lists every verb in its own words, at once."""

import subprocess
import sys

import click

from entrepot.cli import VERBS, main
from entrepot.cli.summaries import SECTIONS


def test_the_list_of_verbs_says_what_each_says_of_itself() -> None:
    told = {verb: text for verbs in SECTIONS.values() for verb, text in verbs.items()}
    context = click.Context(main)
    own = {name: main.get_command(context, name) for name in VERBS}
    assert told == {name: one.get_short_help_str(limit=500) for name, one in own.items() if one}


def test_it_loads_none_of_them() -> None:
    code = (
        "import sys; from entrepot.cli import main, VERBS; main(['--help'], standalone_mode=False);"
        "print([v for v in VERBS.values() if f'entrepot.cli.{v}' in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    for verb in VERBS:
        assert f"\n  {verb} " in done.stdout

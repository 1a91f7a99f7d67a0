"""Sanctions lists: readers, editions with their history, FollowTheMoney in and out."""

from entrepot.parties.lists.delta import Change, Delta
from entrepot.parties.lists.edition import LAYOUTS, ListEdition, RefusedEntry, SourceFile
from entrepot.parties.lists.reading import read_list
from entrepot.parties.lists.records import Held
from entrepot.parties.lists.store import Added, ListStore, Terms

__all__ = [
    "LAYOUTS",
    "Added",
    "Change",
    "Delta",
    "Held",
    "ListEdition",
    "ListStore",
    "RefusedEntry",
    "SourceFile",
    "Terms",
    "read_list",
]

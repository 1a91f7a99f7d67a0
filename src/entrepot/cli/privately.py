"""Files with addresses in them are written for their owner alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def privately() -> Iterator[None]:
    """New files are made with mode 0600 meanwhile."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)

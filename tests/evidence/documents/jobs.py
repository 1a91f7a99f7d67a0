"""What children do in tests: honest and hostile jobs. Imports little, for it is loaded often."""

import os
import sys
import time
from pathlib import Path

from entrepot.errors import DocumentError
from entrepot.evidence.documents.confined import Answer


def echo(content: bytes, name: str) -> Answer:
    sys.stdout.write("noise of a library")
    sys.stdout.flush()
    os.write(1, b"more noise")
    return Answer({"name": name, "half": "\ud800"}, (content, b"", content[:1]))


def refuse(content: bytes, name: str) -> Answer:
    raise DocumentError("got this, expected that", locator=f"{name}, page 3", hint="Do so.")


def crash(content: bytes, name: str) -> Answer:
    os.abort()


def fail(content: bytes, name: str) -> Answer:
    raise KeyError("inside")


def recurse(content: bytes, name: str) -> Answer:
    return recurse(content, name)


def spin(content: bytes, name: str) -> Answer:
    while True:
        pass


def sleep(content: bytes, name: str) -> Answer:
    time.sleep(600)
    return Answer({})


def swell(content: bytes, name: str) -> Answer:
    return Answer({"size": len(bytearray(2**40))})


def pour(content: bytes, name: str) -> Answer:
    return Answer({}, (bytes(3_000_000),))


def write(content: bytes, name: str) -> Answer:
    Path(name).write_bytes(content)
    return Answer({})

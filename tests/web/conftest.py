"""The service on a real socket of this machine."""

from collections.abc import Iterator

import httpx
import pytest
from tests.web.world import service_of, serving


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    service = service_of(tmp_path_factory.mktemp("lists"), update_token="open-sesame")
    with serving(service) as found:
        yield found

"""A whole engine whose batches reach the product's collector over a real connection that breaks as told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from agent import protocol
from agent.organisation.collector.app import Terms, make_app
from agent.organisation.store import BatchStore
from agent.protocol import SentRow
from tests.fakes.desktop import TERMINAL
from tests.fakes.enginehouse import House
from tests.fakes.fault_proxy import Answer, Asked, FaultProxy, fault_proxy
from tests.fakes.organisation import NOW, make_keys


@dataclass
class Way:
    """``house`` is the employee, ``store`` what lies at the collector, ``proxy`` the line between them."""

    store: BatchStore
    proxy: FaultProxy
    house: House

    def sends(self, text: str) -> str:
        """Type it, let it go, wait for the receipt; the id of the batch."""
        self.house.types(text)
        self.house.goes_to(TERMINAL)
        self.house.send_all()
        batch = self.rows()[0].batch
        self.hears(lambda: self.row(batch).state == "acknowledged")
        return batch

    def rows(self) -> tuple[SentRow, ...]:
        return self.house.page(protocol.Sent, protocol.GetSent, offset=0, limit=200).rows

    def row(self, batch: str) -> SentRow:
        return next(row for row in self.rows() if row.batch == batch)

    def hears(self, state: Callable[[], bool]) -> None:
        """Take news from the threads until this is so."""
        engine = self.house.engine
        for _ in range(40):
            if state():
                return
            item = engine.inbox.take(30)
            assert item is not None, "no news"
            engine.turn(item)
        raise AssertionError("much news, but not this")

    def there(self, ending: str = ".seal") -> list[str]:
        """Ids of the batches at the collector."""
        return [key.rsplit("/", 1)[1].removesuffix(ending) for key in self.store.keys("v1/", ending)]

    def posts(self) -> list[Asked]:
        return [asked for asked in self.proxy.seen if asked.method == "POST"]


@contextmanager
def sending_house(folder: Path, **changes: object) -> Iterator[Way]:
    """The yes is given; the collector is up."""
    store = BatchStore.open(str(folder / "store"))
    wall = datetime.fromtimestamp(NOW, UTC) + timedelta(minutes=1)
    app = make_app(store, Terms("acme", "127.0.0.1", make_keys("acme").collector, now=lambda: wall))

    def behind(asked: Asked) -> Answer:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
                return await client.request(asked.method, asked.path, headers=asked.headers, content=asked.body)

        answer = asyncio.run(ask())
        return Answer(answer.status_code, {"Content-Type": "application/json"}, answer.content)

    with fault_proxy(behind) as proxy:
        house = House(folder, **{"delivery.collector": proxy.url, **changes})
        house.agree()
        try:
            yield Way(store, proxy, house)
        finally:
            house.engine.stop()

"""More than a share: the sender is told for how long to wait, waits, and everything arrives once."""

from __future__ import annotations

import asyncio

from tests.faults.scene import Scene, Talk
from tests.stack.service import Web

AT_ONCE = 8
CODES = {"SEND_LIMIT": "too_fast", "ADDRESS_LIMIT": "too_fast", "INBOX_LIMIT": "busy"}


async def flood(scene: Scene, small: Web) -> tuple[Talk, list[int]]:
    """One customer sends more at once than this process takes."""
    await asyncio.to_thread(small.start)
    talk = await scene.open([small.address])
    return talk, await asyncio.gather(*(talk.maria.send(f"Flood {number}") for number in range(AT_ONCE)))


async def test_what_is_too_much_is_refused_with_a_time_and_arrives_after_it(scene: Scene) -> None:
    processes = [scene.stack.service.add_web(**{limit: "5"}) for limit in CODES]
    try:
        floods = await asyncio.gather(*(flood(scene, small) for small in processes))
        assert (await scene.judge()).faults == []
    finally:
        for small in processes:
            scene.stack.service.retire(small)
    for (talk, seqs), code in zip(floods, CODES.values(), strict=True):
        refused = [event.values for event in scene.notes.of("refused") if event.who == talk.maria.who]
        assert {values["code"] for values in refused} == {code}
        assert all(values["retry_s"] > 0 for values in refused)
        assert len(set(seqs)) == AT_ONCE

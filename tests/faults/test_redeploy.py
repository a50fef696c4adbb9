"""Every socket is sent away with a code that says why, and comes back."""

from __future__ import annotations

from tests.faults.redeploy import redeploy
from tests.faults.scene import Scene

SOCKETS = 100
RESTARTING = 4012


async def test_a_redeploy_sends_every_socket_away_with_its_code_and_each_comes_back_with_all_lines(
    scene: Scene,
) -> None:
    assert await redeploy(scene, SOCKETS) == [0, 0]
    ends = list(scene.notes.of("closed"))
    assert {event.values["code"] for event in ends} == {RESTARTING}
    assert {event.who for event in ends} == {tab.who for tab in scene.tabs}
    assert (await scene.judge()).faults == []

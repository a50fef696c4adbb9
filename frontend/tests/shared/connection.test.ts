import assert from "node:assert/strict";
import { test } from "node:test";
import { backOff, Connection, type Frame } from "../../src/shared/connection";
import { FakeWorld } from "./world";

function connected() {
  let heartbeatS = 15;
  const world = new FakeWorld();
  const frames: Frame[] = [];
  const statuses: string[] = [];
  const stops: number[] = [];
  const connection = new Connection<Frame, Frame>({
    url: "ws://service/ws",
    hello: () => ({ type: "hello" }),
    ping: () => ({ type: "ping" }),
    heartbeatS: () => heartbeatS,
    onFrame: (frame: Frame & { heartbeat_s?: number }) => {
      frames.push(frame);
      heartbeatS = frame.heartbeat_s ?? heartbeatS;
    },
    onStatus: (status, retryInS) => statuses.push(retryInS === undefined ? status : `${status} ${retryInS}`),
    onStop: (code) => stops.push(code),
    world,
  });
  connection.start();
  return { world, connection, frames, statuses, stops };
}

test("hello is the first frame of every connection", () => {
  const { world } = connected();
  world.last.open();
  assert.deepEqual(world.last.types(), ["hello"]);
  world.last.say({ type: "welcome" });
  world.last.end();
  world.pass(1);
  world.last.open();
  assert.equal(world.sockets.length, 2);
  assert.deepEqual(world.last.types(), ["hello"]);
});

test("a frame is not sent, and that is said, while there is no open socket", () => {
  const { world, connection } = connected();
  assert.equal(connection.send({ type: "send" }), false);
  world.last.open();
  assert.equal(connection.send({ type: "send" }), true);
  assert.deepEqual(world.last.types(), ["hello", "send"]);
});

test("the wait before a new try is anything between nothing and the bound, which doubles up to 30 seconds", () => {
  for (const [tries, bound] of [[0, 0.5], [1, 1], [2, 2], [5, 16], [6, 30], [40, 30]] as const) {
    assert.equal(backOff(tries, 0), 0);
    assert.equal(backOff(tries, 1), bound);
    assert.equal(backOff(tries, 0.5), bound / 2);
  }
});

test("tries go further apart until a frame has arrived, not only until a socket opened", () => {
  const { world, statuses } = connected();
  world.last.end();
  world.pass(0.25);
  world.last.open();
  world.last.end();
  assert.equal(statuses.at(-1), "offline 0.5");
  world.pass(0.5);
  world.last.open();
  world.last.say({ type: "welcome" });
  world.last.end();
  assert.equal(statuses.at(-1), "offline 0.25");
});

test("after a restart of the service clients spread over three seconds", () => {
  const { world, statuses } = connected();
  world.last.open();
  world.last.end(4012);
  assert.equal(statuses.at(-1), "offline 1.5");
});

test("while a service restarts tries stay within two seconds, and after half a minute no longer", () => {
  const { world, statuses } = connected();
  world.chance = 1;
  world.last.open();
  world.last.end(4012);
  const waits: number[] = [];
  for (let tries = 0; tries < 20; tries++) {
    world.pass(Number(statuses.at(-1)?.split(" ")[1]));
    world.last.end();
    waits.push(Number(statuses.at(-1)?.split(" ")[1]));
  }
  assert.deepEqual(waits.slice(0, 12), [1, ...Array(11).fill(2)]);
  assert.equal(waits.at(-1), 30);
});

test("a refused caller is reported and does not try again", () => {
  for (const code of [4401, 4403]) {
    const { world, stops } = connected();
    world.last.open();
    world.last.end(code);
    world.pass(120);
    world.wake();
    assert.deepEqual(stops, [code]);
    assert.equal(world.sockets.length, 1);
  }
});

test("a ping goes out every heartbeat, and answers keep the socket", () => {
  const { world } = connected();
  const socket = world.last;
  socket.open();
  for (let beat = 0; beat < 6; beat++) {
    world.pass(15);
    socket.say({ type: "heartbeat" });
  }
  assert.equal(socket.types().filter((type) => type === "ping").length, 6);
  assert.equal(world.sockets.length, 1);
});

test("a socket that is silent for two heartbeats is dead, whatever it says of itself", () => {
  const { world } = connected();
  const dead = world.last;
  dead.open();
  world.pass(7);
  dead.say({ type: "lines" });
  world.pass(29);
  assert.equal(dead.closed, false);
  world.pass(1);
  assert.equal(dead.closed, true);
  world.pass(1);
  assert.equal(world.sockets.length, 2);
});

test("a late frame of an abandoned socket is not heard", () => {
  const { world, frames } = connected();
  const dead = world.last;
  dead.open();
  world.pass(30);
  dead.say({ type: "lines" });
  assert.deepEqual(frames, []);
});

test("a socket that never opens is given up after ten seconds", () => {
  const { world } = connected();
  world.pass(10);
  assert.equal(world.sockets[0]?.closed, true);
  world.pass(1);
  assert.equal(world.sockets.length, 2);
});

test("being back online ends the wait at once", () => {
  const { world } = connected();
  world.chance = 1;
  for (let tries = 0; tries < 8; tries++) {
    world.last.end();
    world.pass(tries < 7 ? 30 : 0);
  }
  const before = world.sockets.length;
  world.wake();
  assert.equal(world.sockets.length, before + 1);
  world.pass(9);
  assert.equal(world.sockets.length, before + 1, "the wait that was ended must not connect a second time");
});

test("after a long sleep the socket is replaced at once", () => {
  const { world } = connected();
  world.last.open();
  world.sleep(3600);
  world.wake();
  assert.equal(world.sockets[0]?.closed, true);
});

test("after a short sleep the socket has four seconds to answer", () => {
  const { world } = connected();
  const [socket] = world.sockets;
  socket?.open();
  world.sleep(5);
  world.wake();
  assert.equal(socket?.types().at(-1), "ping");
  world.pass(3.9);
  assert.equal(socket?.closed, false);
  world.pass(0.2);
  assert.equal(socket?.closed, true);
});

test("an answer after a wake-up keeps the socket", () => {
  const { world } = connected();
  world.last.open();
  world.sleep(5);
  world.wake();
  world.pass(1);
  world.last.say({ type: "heartbeat" });
  world.pass(10);
  assert.equal(world.last.closed, false);
});

test("after stop nothing connects, beats or wakes", () => {
  const { world, connection } = connected();
  world.last.open();
  connection.stop();
  world.pass(120);
  world.wake();
  assert.equal(world.sockets.length, 1);
  assert.deepEqual(world.last.types(), ["hello"]);
});

test("the signs of one waking do not put off the check that the first one began", () => {
  const { world } = connected();
  world.last.open();
  for (let signs = 0; signs < 4; signs++) {
    world.wake();
    world.pass(1);
  }
  assert.equal(world.sockets[0]?.closed, true);
  assert.equal(world.sockets[0]?.types().filter((type) => type === "ping").length, 1);
});

test("a try that began in a hole of the network is made again on waking, a fresh one is left alone", () => {
  const { world } = connected();
  world.pass(1);
  world.wake();
  assert.equal(world.sockets.length, 1);
  world.pass(1);
  world.wake();
  assert.deepEqual(world.sockets.map((socket) => socket.closed), [true, false]);
});

test("a network that is gone is shown at once; tries go on, and being back ends the wait", () => {
  const { world, statuses } = connected();
  world.last.open();
  world.last.say({ type: "welcome" });
  world.sign("offline");
  assert.equal(world.sockets[0]?.closed, true);
  assert.equal(statuses.at(-1), "offline 0.25");
  world.sign("offline");
  world.pass(0.25);
  assert.equal(world.sockets.length, 2);
  world.last.end();
  assert.equal(statuses.at(-1), "offline 0.5");
  world.wake();
  assert.equal(world.sockets.length, 3);
});

test("a page that stands still lets its socket go and connects when it wakes", () => {
  const { world, statuses } = connected();
  world.last.open();
  world.sign("sleep");
  assert.equal(world.last.closed, true);
  assert.equal(statuses.at(-1), "offline");
  world.pass(120);
  assert.equal(world.sockets.length, 1);
  world.wake();
  assert.equal(world.sockets.length, 2);
});

test("the pace that the welcome names holds from the welcome on", () => {
  const { world } = connected();
  const socket = world.last;
  socket.open();
  socket.say({ type: "welcome", heartbeat_s: 2 });
  world.pass(2);
  assert.deepEqual(socket.types(), ["hello", "ping"]);
  world.pass(2);
  assert.equal(socket.closed, true);
});

test("whatever is not open is said to be so, a refused caller too", () => {
  const { world, statuses } = connected();
  world.last.open();
  world.last.end(4401);
  assert.deepEqual(statuses, ["connecting", "open", "offline"]);
});

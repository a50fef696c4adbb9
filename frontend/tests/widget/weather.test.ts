// The contract as a whole: whatever the weather, what was written is in the log once and in order, and every tab shows the log.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../src/shared/outbox";
import { Shelf } from "../../src/shared/shelf";
import { Session } from "../../src/widget/session";
import { starting } from "../../src/widget/state/model";
import { FakeService, type Fate } from "../shared/service";
import { Memory } from "../shared/storage";
import { FakeWorld } from "../shared/world";

interface Tab {
  session: Session;
  memory: Memory;
  leave(): void;
}

/** Numbers between 0 and 1 that are the same for the same seed. */
function dice(seed: number): () => number {
  let last = seed;
  return () => {
    last = (last * 16807) % 2147483647;
    return last / 2147483647;
  };
}

let names = 0;

async function opened(world: FakeWorld, memory = new Memory()): Promise<Tab> {
  const page = world.page();
  const outbox = new Outbox(new Shelf(memory), "key", () => `id-${++names}`);
  const outside = { url: "ws://service", openSession: async () => ({ ok: true, conversation: "c1" }) as const, world: page };
  const session = new Session(starting("Tarnwood", "Tarn", true), outbox, outside);
  await session.start();
  return { session, memory, leave: () => page.leave() };
}

function service() {
  const world = new FakeWorld();
  return { world, service: new FakeService(world) };
}

const FATES: readonly Fate[] = ["take", "take", "take", "lose answer", "lose send", "put off"];
const bodies = (lines: readonly { body: string }[]) => lines.map(({ body }) => body);

/** What happened under one seed: who wrote what (two tabs, and the other side), and the tabs at its end. */
async function story(seed: number) {
  const { world, service: there } = service();
  const chance = dice(seed);
  there.fate = () => FATES[Math.floor(chance() * FATES.length)]!;
  there.deaf = () => chance() < 0.2;
  const tabs = [await opened(world), await opened(world)];
  const written: string[][] = [[], [], []];
  const write = (who: number): string => {
    written[who]!.push(`writer ${who} text ${written[who]!.length}`);
    return written[who]!.at(-1)!;
  };
  const reload = async (which: number): Promise<void> => {
    tabs[which]!.leave();
    tabs[which] = await opened(world, tabs[which]!.memory);
  };
  for (let step = 0; step < 60; step++) {
    const which = chance() < 0.5 ? 0 : 1;
    const act = chance();
    world.chance = chance();
    if (act < 0.45) tabs[which]!.session.write(write(which));
    else if (act < 0.6) there.write(write(2));
    else if (act < 0.7) there.cutAll();
    else if (act < 0.8) await reload(which);
    else world.pass(chance() * 3);
  }
  there.fate = () => "take";
  world.pass(180);
  return { there, tabs, written };
}

test("two tabs, cuts, lost answers, lost hints, refusals and reloads: the log has every text once, in each writer's order", async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const { there, tabs, written } = await story(seed);
    for (const part of written) assert.deepEqual(bodies(there.log).filter((body) => part.includes(body)), part, `seed ${seed}`);
    assert.equal(there.log.length, written.flat().length, `seed ${seed}`);
    for (const { session, memory } of tabs) {
      assert.deepEqual(bodies(session.state.lines), bodies(there.log), `seed ${seed}`);
      assert.deepEqual(session.state.unsent, [], `seed ${seed}`);
      assert.equal(memory.length, 0, `seed ${seed}`);
    }
    assert.deepEqual(there.impatient, [], `seed ${seed}`);
  }
});

test("a text written in one tab appears in the other once", async () => {
  const { world, service: there } = service();
  const [here, other] = [await opened(world), await opened(world)];
  world.pass(1);
  here.session.write("hello");
  assert.deepEqual(bodies(other.session.state.unsent), []);
  world.pass(1);
  for (const { session } of [here, other]) assert.deepEqual(bodies(session.state.lines), ["hello"]);
  assert.equal(there.log.length, 1);
});

test("a duplicated tab sends the same texts under the same names, and they leave both tabs with their lines", async () => {
  const { world, service: there } = service();
  const tab = await opened(world);
  world.pass(1);
  there.fate = () => "put off";
  tab.session.write("one");
  tab.session.write("two");
  world.pass(1);
  const copy = await opened(world, tab.memory.copy());
  world.pass(1);
  assert.deepEqual(bodies(copy.session.state.unsent), ["one", "two"]);
  there.fate = () => "take";
  world.pass(20);
  assert.deepEqual(bodies(there.log), ["one", "two"]);
  for (const { session, memory } of [tab, copy]) {
    assert.deepEqual(bodies(session.state.lines), ["one", "two"]);
    assert.deepEqual(session.state.unsent, []);
    assert.equal(memory.length, 0);
  }
});

test("a copy of a text that is stored by the first tab leaves the second one without having been sent there", async () => {
  const { world, service: there } = service();
  const tab = await opened(world);
  world.pass(1);
  there.fate = () => "put off";
  tab.session.write("one");
  world.pass(1);
  const copy = await opened(world, tab.memory.copy());
  there.fate = () => "take";
  const sent = () => world.last.types().filter((type) => type === "send").length;
  world.chance = 1;
  world.last.end(4012);
  world.pass(2.5);
  assert.deepEqual(bodies(there.log), ["one"]);
  world.pass(3);
  assert.deepEqual(copy.session.state.unsent, []);
  assert.deepEqual(bodies(copy.session.state.lines), ["one"]);
  assert.ok(sent() <= 1);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { CatchUp } from "../../src/shared/catchup";
import { FakeWorld } from "./world";

function catching() {
  const world = new FakeWorld();
  const asked: string[] = [];
  const catchUp = new CatchUp(() => void asked.push("ask"), () => void asked.push("anew"), world);
  return { world, asked, catchUp };
}

test("one gap asks once, and the next one again", () => {
  const { asked, catchUp } = catching();
  catchUp.missing();
  catchUp.missing();
  assert.deepEqual(asked, ["ask"]);
  catchUp.answered();
  catchUp.missing();
  assert.deepEqual(asked, ["ask", "ask"]);
});

test("a question that went down with its connection does not silence the next one", () => {
  const { asked, catchUp } = catching();
  catchUp.missing();
  catchUp.cut();
  catchUp.missing();
  assert.deepEqual(asked, ["ask", "ask"]);
});

test("a service that cannot read is asked anew once for all that failed, each time after a longer pause", () => {
  const { world, asked, catchUp } = catching();
  world.chance = 1;
  catchUp.failed();
  catchUp.failed();
  world.pass(1.4);
  assert.deepEqual(asked, []);
  world.pass(0.1);
  assert.deepEqual(asked, ["anew"]);
  catchUp.failed();
  world.pass(1.9);
  assert.deepEqual(asked, ["anew"]);
  world.pass(0.1);
  assert.deepEqual(asked, ["anew", "anew"]);
  catchUp.welcomed();
  catchUp.failed();
  world.pass(1.5);
  assert.deepEqual(asked, ["anew", "anew", "anew"], "a welcome ends the growth");
});

test("a new connection says hello by itself", () => {
  const { world, asked, catchUp } = catching();
  catchUp.failed();
  catchUp.cut();
  world.pass(60);
  assert.deepEqual(asked, []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { destination } from "../../src/pages/roving";

test("arrows go one mark on or back, whichever way they point", () => {
  assert.equal(destination("ArrowRight", 1, 4), 2);
  assert.equal(destination("ArrowDown", 1, 4), 2);
  assert.equal(destination("ArrowLeft", 1, 4), 0);
  assert.equal(destination("ArrowUp", 1, 4), 0);
});

test("arrows stop at both ends, so that the page can scroll on", () => {
  assert.equal(destination("ArrowLeft", 0, 4), null);
  assert.equal(destination("ArrowRight", 3, 4), null);
  assert.equal(destination("ArrowRight", 0, 1), null);
});

test("Home and End go to the first and the last mark", () => {
  assert.equal(destination("Home", 2, 4), 0);
  assert.equal(destination("End", 2, 4), 3);
  assert.equal(destination("Home", 0, 4), null);
  assert.equal(destination("End", 3, 4), null);
});

test("other keys, and keys pressed where no mark has the focus, mean nothing", () => {
  assert.equal(destination("Enter", 1, 4), null);
  assert.equal(destination("a", 1, 4), null);
  assert.equal(destination("Tab", 1, 4), null);
  assert.equal(destination("ArrowRight", -1, 4), null);
  assert.equal(destination("End", -1, 0), null);
});

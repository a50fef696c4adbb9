import assert from "node:assert/strict";
import { test } from "node:test";
import { initials, short } from "../../src/console/view/kinds";

test("a customer has the initials of the first and the last name, and a guest the number", () => {
  assert.equal(initials("Maria Keller"), "MK");
  assert.equal(initials(" maria von der keller "), "MK");
  assert.equal(initials("Ana"), "A");
  assert.equal(initials("Guest 15"), "15");
  assert.equal(initials("Guest 4711"), "711");
  assert.equal(initials("Guest Keller"), "GK");
});

test("people are called by their first name, guests by their whole one", () => {
  assert.equal(short("Maria Keller"), "Maria");
  assert.equal(short("Guest 15"), "Guest 15");
});

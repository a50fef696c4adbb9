import assert from "node:assert/strict";
import { test } from "node:test";
import { command, KEYS, type Place, type Pressed } from "../../src/console/pure/keys";

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, repeat: false, altGraph: false, ...more,
});
const OUTSIDE: Place = { inText: false, inDialog: false, singleKeys: true };

test("every key of the map works in both cases", () => {
  for (const { key, command: wanted } of KEYS) {
    assert.equal(command(press(key), OUTSIDE), wanted);
    assert.equal(command(press(key.toLowerCase()), OUTSIDE), wanted);
  }
});

test("letters in a text field are text", () => {
  for (const { key } of KEYS) assert.equal(command(press(key), { ...OUTSIDE, inText: true }), null);
});

test("chords, AltGr letters and an input method never command", () => {
  for (const held of ["ctrlKey", "metaKey", "altKey", "altGraph", "isComposing"] as const) {
    assert.equal(command(press("e", { [held]: true }), OUTSIDE), null);
  }
});

test("the off switch leaves Escape alone", () => {
  const off = { ...OUTSIDE, singleKeys: false };
  assert.equal(command(press("a"), off), null);
  assert.equal(command(press("?"), off), null);
  assert.equal(command(press("Escape"), { ...off, inText: true }), "leave");
});

test("a held key walks the lists but does not accept or resolve again", () => {
  assert.equal(command(press("j", { repeat: true }), OUTSIDE), "next");
  assert.equal(command(press("a", { repeat: true }), OUTSIDE), null);
});

test("an open dialog has the keys for itself", () => {
  assert.equal(command(press("Escape"), { ...OUTSIDE, inDialog: true }), null);
  assert.equal(command(press("a"), { ...OUTSIDE, inDialog: true }), null);
});

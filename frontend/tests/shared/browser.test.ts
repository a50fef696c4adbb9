import assert from "node:assert/strict";
import { test } from "node:test";
import { signsOf } from "../../src/shared/browser";
import type { Sign } from "../../src/shared/connection";

class FakeDocument extends EventTarget {
  visibilityState = "visible";
}

function page() {
  const window = new EventTarget();
  const document = new FakeDocument();
  const heard: Sign[] = [];
  const stop = signsOf({ window, document }, (sign) => heard.push(sign));
  return { window, document, heard, stop };
}

const transition = (type: string, persisted: boolean) => Object.assign(new Event(type), { persisted });

test("the network's coming and going are signs", () => {
  const { window, heard } = page();
  window.dispatchEvent(new Event("offline"));
  window.dispatchEvent(new Event("online"));
  assert.deepEqual(heard, ["offline", "wake"]);
});

test("a page that is looked at again wakes, one that is hidden does not sleep", () => {
  const { document, heard } = page();
  document.visibilityState = "hidden";
  document.dispatchEvent(new Event("visibilitychange"));
  assert.deepEqual(heard, []);
  document.visibilityState = "visible";
  document.dispatchEvent(new Event("visibilitychange"));
  assert.deepEqual(heard, ["wake"]);
});

test("a page that is kept for the way back sleeps and wakes; its first showing is no waking", () => {
  const { window, heard } = page();
  window.dispatchEvent(transition("pageshow", false));
  assert.deepEqual(heard, []);
  window.dispatchEvent(transition("pagehide", true));
  window.dispatchEvent(transition("pageshow", true));
  assert.deepEqual(heard, ["sleep", "wake"]);
});

test("a page that the browser freezes sleeps until it is resumed", () => {
  const { document, heard } = page();
  document.dispatchEvent(new Event("freeze"));
  document.dispatchEvent(new Event("resume"));
  assert.deepEqual(heard, ["sleep", "wake"]);
});

test("after stop nothing is heard", () => {
  const { window, document, heard, stop } = page();
  stop();
  for (const name of ["online", "offline", "pagehide"]) window.dispatchEvent(new Event(name));
  for (const name of ["visibilitychange", "freeze", "resume"]) document.dispatchEvent(new Event(name));
  assert.deepEqual(heard, []);
});

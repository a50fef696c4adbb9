import assert from "node:assert/strict";
import { test } from "node:test";
import { storable } from "../../src/shared/outbox";
import { excess, lengthOf } from "../../src/widget/limits";
import { readFromPanel, readView } from "../../src/widget/bridge";
import { parts } from "../../src/widget/view/text";

const links = (body: string) => parts(body).filter((part) => part.href).map((part) => part.text);

test("whole http addresses become links, without the punctuation behind them", () => {
  assert.deepEqual(links("See https://a.example/x?y=1#z, or (http://b.example)."), ["https://a.example/x?y=1#z", "http://b.example"]);
});

test("nothing else becomes a link", () => {
  for (const body of ["javascript:alert(1)", "www.a.example", "data:text/html,x", "https://", "https://bank.example@evil.example/", "a@b.example"]) {
    assert.deepEqual(links(body), [], body);
  }
});

test("a text with links reads as it was written", () => {
  for (const body of ["", "plain", "https://a.example", "a https://a.example b\nhttps://u@x.example c"]) {
    assert.equal(parts(body).map((part) => part.text).join(""), body);
  }
});

test("length counts characters as the service does", () => {
  assert.equal(lengthOf("a😀b"), 3);
  assert.equal(excess("😀".repeat(10), 10), 0);
  assert.equal(excess("x".repeat(4013), 4000), 13);
});

test("a text that would not fit into a frame is too long, too", () => {
  assert.equal(excess("\n".repeat(3000), 4000), 0);
  assert.ok(excess("\u0001".repeat(4000), 4000) > 0);
});

test("what no service can store is taken out, and nothing else", () => {
  assert.equal(storable("a\0b\ud83d"), "ab\ufffd");
  assert.equal(storable("a😀 ü\n"), "a😀 ü\n");
});

test("only the listed messages pass between page and panel", () => {
  assert.deepEqual(readView({ baton: "view", open: true, full: false, focus: true, more: 1 }), { baton: "view", open: true, full: false, focus: true });
  for (const forged of [null, "view", {}, { baton: "view" }, { baton: "view", open: 1, full: false, focus: false }]) assert.equal(readView(forged), null);
  assert.deepEqual(readFromPanel({ baton: "unread", count: 2 }), { baton: "unread", count: 2 });
  for (const forged of [undefined, 7, { baton: "open" }, { baton: "unread", count: -1 }, { baton: "unread", count: "<b>" }]) assert.equal(readFromPanel(forged), null);
});

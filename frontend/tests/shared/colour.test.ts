import assert from "node:assert/strict";
import { test } from "node:test";
import { contrast, hexColour, textOn } from "../../src/shared/colour";

test("only #rrggbb passes as a colour", () => {
  assert.equal(hexColour("#0B6B57"), "#0b6b57");
  for (const other of [null, undefined, "", "red", "#fff", "#0b6b57;}", "url(x)", " #0b6b57"]) assert.equal(hexColour(other), null);
});

test("contrast is that of WCAG", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
});

test("the text on a brand colour can be read", () => {
  assert.equal(textOn("#0b6b57"), "#ffffff");
  assert.equal(textOn("#ffd54a"), "#101412");
  for (const brand of ["#ff0000", "#808080", "#00ff00", "#1f5fae"]) assert.ok(contrast(brand, textOn(brand)) >= 4.5, brand);
});

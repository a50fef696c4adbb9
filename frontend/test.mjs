// Bundles each tests/**/*.test.ts(x) and hands them to Node's own test runner. Arguments narrow it: `npm test -- shared`.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const TESTS = fileURLToPath(new URL("tests", import.meta.url));
const asked = process.argv.slice(2);
const found = readdirSync(TESTS, { recursive: true })
  .filter((name) => /\.test\.tsx?$/.test(name) && asked.every((part) => name.includes(part)))
  .sort();
if (!found.length) throw new Error(`No test file under tests/ matches ${asked.join(" ")}`);

const out = mkdtempSync(join(tmpdir(), "baton-tests-"));
try {
  await build({
    entryPoints: found.map((name) => join(TESTS, name)),
    outdir: out,
    outbase: TESTS,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    jsx: "automatic",
    jsxImportSource: "preact",
    sourcemap: "inline",
    logLevel: "warning",
  });
  const files = found.map((name) => join(out, name.replace(/\.tsx?$/, ".mjs")));
  const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit" });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}

// Builds every face into dist/, which is committed: the same sources give the same bytes.
// `--check` writes nothing and fails when dist/ is not what the sources give. Both fail over a size budget.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const DIST = `${HERE}dist/`;

const ENTRIES = [
  { out: "widget.js", from: "src/widget/loader.ts", format: "iife" },
  { out: "panel.js", from: "src/widget/panel.tsx", format: "esm" },
  { out: "panel.css", from: "src/widget/panel.css" },
  { out: "console.js", from: "src/console/main.tsx", format: "esm" },
  { out: "console.css", from: "src/console/console.css" },
  { out: "dashboard.js", from: "src/pages/dashboard.ts", format: "esm" },
  { out: "dashboard.css", from: "src/pages/dashboard.css" },
  { out: "pages.css", from: "src/pages/pages.css" },
];

// Budgets in kB (1000 bytes) of gzip.
const BUDGETS = [
  { face: "loader", most: 5, files: ["widget.js"] },
  { face: "panel", most: 40, files: ["panel.js", "panel.css"] },
  { face: "console", most: 120, files: ["console.js", "console.css"] },
  { face: "dashboard", most: 45, files: ["dashboard.js", "dashboard.css"] },
];

async function bundle({ from, format }) {
  const result = await build({
    absWorkingDir: HERE,
    entryPoints: [from],
    bundle: true,
    write: false,
    minify: true,
    format,
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "warning",
  });
  return Buffer.from(result.outputFiles[0].contents);
}

function store(built) {
  mkdirSync(DIST, { recursive: true });
  for (const [name, bytes] of built) writeFileSync(DIST + name, bytes);
}

function differing(built) {
  return [...built].filter(([name, bytes]) => !existsSync(DIST + name) || !bytes.equals(readFileSync(DIST + name)));
}

function overBudget(built) {
  let over = false;
  for (const { face, most, files } of BUDGETS) {
    const present = files.filter((name) => built.has(name));
    if (!present.length) continue;
    const size = present.reduce((sum, name) => sum + gzipSync(built.get(name), { level: 9 }).length, 0) / 1000;
    console.log(`${face.padEnd(10)}${size.toFixed(1).padStart(6)} of ${most} kB gzip`);
    over ||= size > most;
  }
  return over;
}

const built = new Map();
for (const entry of ENTRIES) if (existsSync(HERE + entry.from)) built.set(entry.out, await bundle(entry));

if (process.argv.includes("--check")) {
  for (const [name] of differing(built)) {
    console.error(`dist/${name} is not what the sources give: run "npm run build".`);
    process.exitCode = 1;
  }
} else {
  store(built);
}
if (overBudget(built)) {
  console.error("A face is over its budget.");
  process.exitCode = 1;
}

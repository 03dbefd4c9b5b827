// The door of every npm script: `node tools/run.mjs TASK [arguments]`.
// Plain JavaScript on Node alone, because on a fresh clone nothing else is there yet. It brings the checkout to the
// state that a task needs (Node new enough, packages installed, sources compiled) and then runs the compiled task.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [task = "help", ...args] = process.argv.slice(2);
const inRoot = (...parts) => path.join(root, ...parts);
const quiet = args.includes("--json");

function fail(cause, ...mends) {
  console.error(`\n✗ ${cause}\n${mends.map((line) => `  ${line}\n`).join("")}`);
  process.exit(1);
}

/** Runs a slow step with one line of progress; prints its output only if it fails. */
function step(label, command, commandArgs, explain) {
  const started = Date.now();
  if (!quiet) process.stderr.write(`• ${label} … `);
  const run = spawnSync(command, commandArgs, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status === 0) {
    if (!quiet) process.stderr.write(`${((Date.now() - started) / 1000).toFixed(1)} s\n`);
    return;
  }
  if (!quiet) process.stderr.write("failed\n");
  const output = `${run.stdout ?? ""}${run.stderr ?? ""}${run.error ?? ""}`;
  console.error(output.trim().split("\n").slice(-25).join("\n"));
  fail(...explain(output));
}

const hash = (...chunks) => chunks.reduce((h, c) => h.update(c), createHash("sha256")).digest("hex");
const readStamp = (file) => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "");

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    fail(
      `Node ${process.versions.node} is too old: the course needs Node 20.19 or newer.`,
      "Install a current Node from https://nodejs.org, open a new terminal, and run the same command again.",
    );
}

function install() {
  const stampFile = inRoot("node_modules", ".course-stamp");
  const stamp = hash(fs.readFileSync(inRoot("package-lock.json")));
  if (readStamp(stampFile) === stamp) return;
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith(".js") ? [process.execPath, [npm]] : ["npm", []];
  step(
    "installing the npm packages (first time: about 15 s)",
    command,
    [...first, "ci", "--no-audit", "--no-fund"],
    (output) =>
      /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|network/i.test(output)
        ? [
            "The npm packages could not be downloaded: no connection to the package registry.",
            "Check the network or proxy (npm config get proxy), then run the same command again.",
          ]
        : /ENOSPC/.test(output)
          ? [
              "The disk is full: the npm packages need about 350 MB.",
              "Free some space, then run the same command again.",
            ]
          : ["npm ci failed.", "Run it yourself to see everything: npm ci"],
  );
  fs.writeFileSync(stampFile, stamp);
}

const compiled = { module: ["src", "lesson"], tools: ["kernel", "tools", "grading"] };

/** A fingerprint of a group's sources by path, size and modification time: cheap enough for every start. */
function sourceStamp(folders, config) {
  const entries = [];
  const walk = (folder) => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) walk(file);
      else if (entry.name.endsWith(".ts") || entry.name.endsWith(".json")) {
        const { size, mtimeMs } = fs.statSync(file);
        entries.push(`${path.relative(root, file)} ${size} ${mtimeMs}`);
      }
    }
  };
  for (const folder of folders) if (fs.existsSync(inRoot(folder))) walk(inRoot(folder));
  return hash(
    entries.sort().join("\n"),
    fs.readFileSync(inRoot(config)),
    readStamp(inRoot("node_modules", ".course-stamp")),
  );
}

function build() {
  const groups = [
    // Declarations for the notebooks come from the kernel's own compiler, which must be able to read them.
    {
      name: "module",
      compiler: "@tslab/typescript-for-tslab/bin/tsc",
      label: "compiling the module for the notebooks",
    },
    { name: "tools", compiler: "typescript/bin/tsc", label: "compiling the tools" },
  ];
  for (const { name, compiler, label } of groups) {
    const config = `tsconfig.${name}.json`;
    const stampFile = inRoot("dist", `.stamp-${name}`);
    const stamp = sourceStamp(compiled[name], config);
    if (readStamp(stampFile) === stamp) continue;
    step(label, process.execPath, [inRoot("node_modules", compiler), "-p", config], () => [
      `The sources in ${compiled[name].join(", ")} do not compile: see the lines above.`,
      "If you did not change them, restore them with: git checkout -- " + compiled[name].join(" "),
    ]);
    fs.writeFileSync(stampFile, stamp);
  }
}

requireNode();
install();
build();

if (task === "test") {
  const vitest = spawnSync(
    process.execPath,
    [inRoot("node_modules/vitest/vitest.mjs"), "run", "--project", "repo", ...args],
    {
      cwd: root,
      stdio: "inherit",
    },
  );
  process.exit(vitest.status ?? 1);
}
if (task !== "build") {
  const file = inRoot("dist", "tools", task, "main.js");
  const single = inRoot("dist", "tools", `${task}.js`);
  const entry = fs.existsSync(file) ? file : single;
  if (!fs.existsSync(entry))
    fail(`There is no task "${task}".`, "The tasks are the scripts of package.json: npm run");
  const { main } = await import(pathToFileURL(entry).href);
  process.exitCode = await main(args);
}

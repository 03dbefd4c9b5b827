// Brings the checkout to the state that a task needs (packages installed, sources compiled) and runs the compiled task.
// Plain JavaScript on Node alone, because on a fresh clone nothing else is there yet.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => path.join(root, ...parts);
const hash = (...chunks) => chunks.reduce((h, c) => h.update(c), createHash("sha256")).digest("hex");
const readStamp = (file) => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "");

function fail(cause, mend) {
  console.error(
    `\n✗ ${cause}\n  Mend it:    ${mend}\n` +
      "  Without it: read the notebooks with all their results and pictures on the repository's web page, notebooks/\n",
  );
  process.exit(1);
}

function writeStamp(file, stamp) {
  try {
    fs.writeFileSync(file, stamp);
  } catch (error) {
    if (error.code !== "ENOSPC") throw error;
    fail("The disk is full.", "free about 500 MB, then run the same command again");
  }
}

/** Runs a slow step with one line of progress; shows its output only if it fails. */
function step(label, quiet, commands, explain) {
  const started = Date.now();
  if (!quiet) process.stderr.write(`• ${label} … `);
  for (const [command, args] of commands) {
    const run = spawnSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
    // On a full disk npm only warns, and leaves half a package behind.
    if (run.status === 0 && !/TAR_ENTRY_ERROR/.test(run.stderr)) continue;
    if (!quiet) process.stderr.write("failed\n");
    const output = `${run.stdout ?? ""}${run.stderr ?? ""}${run.error ?? ""}`.trim();
    console.error(output.split("\n").slice(-25).join("\n"));
    if (run.signal) process.exit(130);
    fail(...explain(output));
  }
  if (!quiet) process.stderr.write(`${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

/** How to call npm without a shell: the script that started us, else the one beside node (Windows), else the command. */
function npmCommand() {
  const beside = path.join(path.dirname(process.execPath), "node_modules/npm/bin/npm-cli.js");
  const script = [process.env.npm_execpath, beside].find(
    (file) => file !== undefined && path.basename(file) === "npm-cli.js" && fs.existsSync(file),
  );
  return script === undefined ? ["npm"] : [process.execPath, script];
}

/** Why `npm ci` failed, and one command against it. The first pattern that fits wins. */
const npmFailures = [
  [
    /spawnSync npm ENOENT/,
    "npm was not found. It comes with Node, but this Node was installed without it.",
    process.platform === "linux"
      ? "sudo apt install npm   (or install Node from https://nodejs.org, which brings npm)"
      : "install Node from https://nodejs.org, which brings npm, and open a new terminal",
  ],
  [
    /ENOSPC|no space left/i,
    "The disk is full: the npm packages need about 350 MB.",
    "free about 500 MB, then run the same command again",
  ],
  [
    /SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET)|CERT_/,
    "The npm packages could not be downloaded: the connection's certificate is not trusted (a company proxy?).",
    "npm config set cafile /path/to/the/proxy/certificate.pem   then run the same command again",
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|ERR_SOCKET_TIMEOUT|network/i,
    "The npm packages could not be downloaded: no connection to the package registry.",
    "check the network (behind a proxy: npm config set proxy http://HOST:PORT), then run the same command again",
  ],
  [
    /EACCES|EPERM|EROFS/,
    `The npm packages could not be written into ${root}: no permission.`,
    "clone the course into a folder of your own (not with sudo), and run the same command there",
  ],
  [
    /can only install packages when your package\.json and package-lock\.json/,
    "package.json and package-lock.json do not fit each other.",
    "git checkout -- package.json package-lock.json   then run the same command again",
  ],
  [/(?:)/, "npm ci failed: its last lines are above.", "npm ci   (shows everything)"],
];

function install(quiet) {
  const stampFile = inRoot("node_modules", ".course-stamp");
  const stamp = hash(fs.readFileSync(inRoot("package-lock.json")));
  if (readStamp(stampFile) === stamp) return;
  const [command, ...first] = npmCommand();
  step(
    "installing the npm packages (first time: 10 to 60 s)",
    quiet,
    [[command, [...first, "ci", "--no-audit", "--no-fund"]]],
    (output) => npmFailures.find(([pattern]) => pattern.test(output)).slice(1),
  );
  writeStamp(stampFile, stamp);
}

/** A fingerprint of a group's sources by path, size and modification time: cheap enough for every start. */
function sourceStamp(folders, configs) {
  const entries = [];
  const walk = (folder) => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) walk(file);
      else if (/\.(ts|json)$/.test(entry.name)) {
        const { size, mtimeMs } = fs.statSync(file);
        entries.push(`${path.relative(root, file)} ${size} ${mtimeMs}`);
      }
    }
  };
  for (const folder of folders) if (fs.existsSync(inRoot(folder))) walk(inRoot(folder));
  return hash(
    entries.sort().join("\n"),
    ...configs.map((config) => fs.readFileSync(inRoot(config))),
    readStamp(inRoot("node_modules", ".course-stamp")),
  );
}

const groups = [
  // Declarations for the notebooks come from the kernel's own compiler, which must be able to read them.
  {
    name: "module",
    folders: ["src", "lesson"],
    programs: [
      ["@tslab/typescript-for-tslab/bin/tsc", "-p", "tsconfig.module.json"],
      ["rolldown/bin/cli.mjs", "-c", "rolldown.config.mjs"],
    ],
    configs: ["tsconfig.module.json", "rolldown.config.mjs"],
    label: "compiling the module for the notebooks",
  },
  {
    name: "tools",
    folders: ["kernel", "tools", "grading", "bench"],
    programs: [["typescript/bin/tsc", "-p", "tsconfig.tools.json"]],
    configs: ["tsconfig.tools.json"],
    label: "compiling the tools",
  },
];

function build(quiet) {
  for (const { name, folders, programs, configs, label } of groups) {
    const stampFile = inRoot("dist", `.stamp-${name}`);
    const stamp = sourceStamp(folders, configs);
    if (readStamp(stampFile) === stamp) continue;
    const present = folders.filter((folder) => fs.existsSync(inRoot(folder))).join(" ");
    const commands = programs.map(([program, ...args]) => [
      process.execPath,
      [inRoot("node_modules", program), ...args],
    ]);
    step(label, quiet, commands, (output) =>
      /ENOSPC|no space left/i.test(output)
        ? ["The disk is full.", "free about 500 MB, then run the same command again"]
        : [
            `The sources in ${present} do not compile: see the lines above.`,
            `correct them, or undo all changes in them with: git checkout -- ${present}`,
          ],
    );
    writeStamp(stampFile, stamp);
  }
}

/** `npm test` is vitest alone: no compiled task stands between a failing test and its message. */
function runTests(args) {
  const vitest = inRoot("node_modules/vitest/vitest.mjs");
  const run = spawnSync(process.execPath, [vitest, "run", "--project", "repo", ...args], {
    cwd: root,
    stdio: "inherit",
  });
  return run.status ?? 1;
}

export async function main([task = "help", ...args]) {
  const quiet = args.includes("--json");
  install(quiet);
  build(quiet);
  if (task === "build") return;
  if (task === "test") {
    process.exitCode = runTests(args);
    return;
  }
  const entry = [inRoot("dist/tools", task, "main.js"), inRoot("dist/tools", `${task}.js`)].find((file) =>
    fs.existsSync(file),
  );
  if (entry === undefined) fail(`There is no task "${task}".`, "npm run   (lists the tasks)");
  const compiled = await import(pathToFileURL(entry).href);
  process.exitCode = await compiled.main(args);
}

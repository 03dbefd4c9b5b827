import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../kernel/root";
import { fakeCommands, temporaryFolder } from "./fakes";

const run = (clone: string, args: string[], env: NodeJS.ProcessEnv = process.env) =>
  spawnSync(process.execPath, args, { cwd: clone, encoding: "utf8", env });

describe("tools/run.mjs", () => {
  /** Node under another version number: enough for a file that looks at nothing else before it decides. */
  function runOnNode(version: string) {
    const pretend = path.join(temporaryFolder(), "pretend.cjs");
    const versions = `{ ...process.versions, node: "${version}" }`;
    fs.writeFileSync(pretend, `Object.defineProperty(process, "versions", { value: ${versions} });`);
    return run(root, ["--require", pretend, path.join(root, "tools/run.mjs"), "no-such-task"]);
  }

  test.each(["12.22.12", "18.20.8", "20.18.3", "21.7.3", "22.11.0"])("refuses Node %s", (version) => {
    const { status, stderr } = runOnNode(version);
    expect(status).toBe(1);
    expect(stderr).toContain(`✗ Node ${version} is too old: the course needs Node 20.19, 22.12 or newer.`);
    expect(stderr).toContain("Mend it:    install the LTS version from https://nodejs.org");
    expect(stderr).toContain("Without it: read the notebooks");
  });

  test.each(["20.19.0", "22.12.0", "24.0.0", "26.1.0"])(
    "goes on with Node %s, and names an unknown task",
    (version) => {
      expect(runOnNode(version).stderr).toContain('✗ There is no task "no-such-task"');
    },
  );

  test("uses only JavaScript that old versions of Node can read", () => {
    const source = fs.readFileSync(path.join(root, "tools/run.mjs"), "utf8");
    expect(source).not.toMatch(/\?\.|\?\?|\bawait\b|^import .* from/m);
  });
});

describe("tools/bootstrap.mjs on a fresh clone", () => {
  function freshClone(): string {
    const clone = temporaryFolder();
    fs.mkdirSync(path.join(clone, "tools"));
    for (const file of ["tools/run.mjs", "tools/bootstrap.mjs", "package.json", "package-lock.json"])
      fs.copyFileSync(path.join(root, file), path.join(clone, file));
    return clone;
  }

  /** Builds a fresh clone with an npm that fails with these words. */
  function buildWithNpm(words: string) {
    const npm = path.join(temporaryFolder(), "npm-cli.js");
    fs.writeFileSync(npm, `console.error(${JSON.stringify(words)}); process.exit(1);`);
    return run(freshClone(), ["tools/run.mjs", "build"], { ...process.env, npm_execpath: npm });
  }

  test.each([
    ["npm error code ENOTFOUND", "no connection to the package registry", "npm config set proxy"],
    ["npm error code ENOSPC\nnospc no space left on device", "The disk is full", "free about 500 MB"],
    ["npm error code SELF_SIGNED_CERT_IN_CHAIN", "certificate is not trusted", "npm config set cafile"],
    ["npm error code EACCES permission denied", "no permission", "a folder of your own"],
    ["npm error something new", "npm ci failed", "npm ci   (shows everything)"],
  ])("explains %j", (words, cause, mend) => {
    const { status, stderr } = buildWithNpm(words);
    expect(status).toBe(1);
    expect(stderr).toContain(words);
    expect(stderr).toMatch(new RegExp(`✗ .*${cause}`));
    expect(stderr).toContain(mend);
    expect(stderr).toContain("Without it:");
  });

  test.skipIf(process.platform === "win32")("says that npm is missing", () => {
    const { stderr } = run(freshClone(), ["tools/run.mjs", "build"], { PATH: fakeCommands({}) });
    expect(stderr).toContain("✗ npm was not found");
    expect(stderr).toMatch(/Mend it: {4}.*https:\/\/nodejs\.org/);
  });
});

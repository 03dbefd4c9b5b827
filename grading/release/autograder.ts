/** The bundle for Gradescope: the grader with this course's settings and key, a script that sets it up, one that runs it. */
import fs from "node:fs";
import path from "node:path";
import { courseKey } from "../coursework/seeds";
import type { CourseSettings } from "../coursework/settings";
import { root } from "../root";

const folders = ["src", "lesson", "kernel", "grading", "tools", "solutions", "data"];
const files = [
  "package.json",
  "package-lock.json",
  "course.json",
  "tsconfig.json",
  "tsconfig.module.json",
  "rolldown.config.mjs",
  "tsconfig.tools.json",
  "LICENSE",
];

const setup = `#!/usr/bin/env bash
# Runs once, when Gradescope builds the image: Node, the packages, the compiled grader.
set -euo pipefail
apt-get update
apt-get install -y --no-install-recommends ca-certificates curl xz-utils
case "$(uname -m)" in aarch64) machine=arm64 ;; *) machine=x64 ;; esac
release=\${NODE_RELEASE:-latest-v22.x}
curl -fsSL "https://nodejs.org/dist/$release/SHASUMS256.txt" -o /tmp/sums
archive=$(grep -o "node-v[0-9.]*-linux-$machine.tar.xz" /tmp/sums | head -n 1)
curl -fsSL "https://nodejs.org/dist/$release/$archive" -o "/tmp/$archive"
(cd /tmp && grep " $archive\\$" sums | sha256sum --check -)
tar -xJf "/tmp/$archive" -C /usr/local --strip-components=1
cd /autograder/source/course && node tools/run.mjs build
# the key and the checks are nobody's business but the grader's
chmod -R go-rwx /autograder/source
`;

const runAutograder = (name: string) => `#!/usr/bin/env bash
# Runs for each submission. Without a results.json Gradescope reports a failed autograder, never a zero.
set -euo pipefail
cd /autograder/source/course
node tools/run.mjs grade gradescope /autograder/submission --course ${name} --key course.key \\
  --metadata /autograder/submission_metadata.json --out /autograder/results/results.json
`;

function copy(from: string, to: string): void {
  const skip = new Set(["node_modules", "dist", ".git", ".course"]);
  fs.cpSync(from, to, { recursive: true, filter: (source) => !skip.has(path.basename(source)) });
}

export function releaseAutograder(
  settings: CourseSettings,
  settingsFile: string,
  folder: string,
  key?: string,
): void {
  fs.rmSync(folder, { recursive: true, force: true });
  const course = path.join(folder, "course");
  fs.mkdirSync(course, { recursive: true });
  for (const name of [...folders, ...files]) copy(path.join(root, name), path.join(course, name));
  fs.copyFileSync(settingsFile, path.join(course, `course-${settings.name}.json`));
  fs.writeFileSync(path.join(course, "course.key"), `${courseKey(key)}\n`, { mode: 0o600 });
  fs.writeFileSync(path.join(folder, "setup.sh"), setup, { mode: 0o755 });
  fs.writeFileSync(path.join(folder, "run_autograder"), runAutograder(settings.name), { mode: 0o755 });
}

/** `npm run grade -- COMMAND`: grading for a course, see grading/README.md. */
type Command = (args: readonly string[]) => Promise<number>;

/** each command is loaded only when it is asked for */
const commands: Readonly<Record<string, { says: string; load: () => Promise<{ run: Command }> }>> = {
  demo: { says: "an invented class to try it with", load: () => import("./demo.js") },
  batch: { says: "a class's submissions, or one shard of them", load: () => import("./batch.js") },
  merge: { says: "the results of all shards as one", load: () => import("./merge.js") },
  export: { says: "files for platforms, and feedback for students", load: () => import("./export.js") },
  gradescope: { says: "one submission, in Gradescope's container", load: () => import("./gradescope.js") },
  report: { says: "figures of the class as one page", load: () => import("./report.js") },
  regrade: { says: "grades again and shows what would change", load: () => import("./regrade.js") },
  similarity: { says: "folders for programs that look for copies", load: () => import("./similarity.js") },
  selftest: { says: "the grader itself, attacked and measured", load: () => import("./selftest.js") },
  doctor: { says: "what the boxes on this machine stop", load: () => import("./doctor/index.js") },
};

const usage = `
${Object.entries(commands)
  .map(([name, { says }]) => `  npm run grade -- ${name.padEnd(10)} ${says}`)
  .join("\n")}
`;

export async function main([name = "help", ...args]: string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    console.log(usage);
    return name === "help" ? 0 : 1;
  }
  // the signal that opens a process's inspector: an answer must not be able to open the grader's
  process.on("SIGUSR1", () => {});
  // Node ends, with success, when nothing is left to wait for: a promise that nobody keeps must not look like a result
  const unfinished = () => {
    console.error(`✗ ${name} came to no end: this is a defect of the grader, please report it`);
    process.exit(70);
  };
  process.once("beforeExit", unfinished);
  const code = await (await command.load()).run(args);
  process.off("beforeExit", unfinished);
  return code;
}

import path from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

// The slow suites, on a real JupyterLab: `npm run test:lab` (which brings what they need).
export default defineConfig({
  resolve: {
    alias: [
      { find: /^cross-entropy$/, replacement: path.join(root, "src/index.ts") },
      { find: /^cross-entropy\/lesson$/, replacement: path.join(root, "lesson/index.ts") },
    ],
  },
  test: {
    include: ["test/lab/**/*.test.ts"],
    reporters: ["verbose"],
    // Which cell runs is shown at once, as a line of its own.
    disableConsoleIntercept: true,
    // One server, one browser, one kernel at a time: on two cores more would only wait for each other.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});

import path from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

// Tests read the sources, never dist/: an edit in src is under test at once.
const alias = [
  { find: /^cross-entropy$/, replacement: path.join(root, "src/index.ts") },
  { find: /^cross-entropy\/lesson$/, replacement: path.join(root, "lesson/index.ts") },
];

// Batches in TypeScript: the same digits on every machine. The tests of the bulk path switch it on themselves.
const setupFiles = [path.join(root, "test/portable.ts")];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "repo",
          setupFiles,
          include: ["test/**/*.test.ts"],
          exclude: ["test/lab/**"],
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: { name: "exercises", setupFiles, include: ["exercises/*.test.ts"], testTimeout: 30_000 },
      },
    ],
  },
});

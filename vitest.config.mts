import path from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

// Tests read the sources, never dist/: an edit in src is under test at once.
const alias = [
  { find: /^cross-entropy$/, replacement: path.join(root, "src/index.ts") },
  { find: /^cross-entropy\/lesson$/, replacement: path.join(root, "lesson/index.ts") },
];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: { name: "repo", include: ["test/**/*.test.ts"], exclude: ["test/lab/**"], testTimeout: 30_000 },
      },
      {
        resolve: { alias },
        test: { name: "exercises", include: ["exercises/*.test.ts"], testTimeout: 30_000 },
      },
    ],
  },
});

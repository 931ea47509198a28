import { defineConfig } from "vitest/config";

// Two projects by cost: unit tests need no model and finish in seconds; integration tests run the
// compact model, the command line and a browser. Forks, because native modules live in them.
export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["src/**/*.test.{ts,tsx}", "test/*.test.ts"],
          exclude: ["**/*.integration.test.ts"],
          // For what hangs: a busy machine is no failure, and speed is told by bench/.
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          globalSetup: ["e2e/support/buildOnce.ts"],
          include: [
            "src/**/*.integration.test.ts",
            "test/integration/**/*.test.ts",
            "test/contract/**/*.test.ts",
            "e2e/**/*.test.ts",
          ],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});

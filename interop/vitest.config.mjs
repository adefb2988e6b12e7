// For the suites of others that run in vitest; see src/test/js.
export default { test: { include: ["src/test/js/**/*.test.mjs"], testTimeout: 60_000, hookTimeout: 60_000 } }

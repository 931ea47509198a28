import { expect as base } from "@playwright/test";

/** Playwright's expect with patience for a machine that also trains a model. */
export const expect = base.configure({ timeout: 60_000 });

import type { Page } from "@playwright/test";

/** The queue screen. */
export function queuePage(page: Page) {
  return {
    summary: page.getByRole("region", { name: "The queue as a whole" }),
    line: (name: string) => page.locator("[data-queue-document]").filter({ hasText: name }),
    lines: page.locator("[data-queue-document]"),
    pause: page.getByRole("button", { name: "Pause" }),
    resume: page.getByRole("button", { name: "Go on" }),
    stopAll: page.getByRole("button", { name: "Stop all" }),
    clear: page.getByRole("button", { name: "Clear finished" }),
    stop: (name: string) => page.getByRole("button", { name: `Stop ${name}` }),
    retry: (name: string) => page.getByRole("button", { name: `Read ${name} again` }),
  };
}

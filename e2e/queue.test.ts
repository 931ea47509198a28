import { afterAll, afterEach, beforeEach, describe, it } from "vitest";
import { framePage } from "./pages/framePage.ts";
import { queuePage } from "./pages/queuePage.ts";
import { type AppUnderTest, closeBrowser, startApp } from "./support/app.ts";
import { expect } from "./support/expect.ts";

let app: AppUnderTest;
const names = ["adm-1.txt", "adm-2.txt", "adm-3.txt"];
const note = (name: string) =>
  `${name}. ${"The patient has chest pain and takes aspirin 100 mg daily. No fever was seen today.\n".repeat(30)}`;

/** The model stands still in the first note until a test lets it go on. */
let isHeld: boolean;

beforeEach(async () => {
  isHeld = true;
  app = await startApp({ isHeld: () => isHeld });
  const encoder = new TextEncoder();
  await app.ask("notes.import", {
    files: names.map((name) => ({ name, bytes: encoder.encode(note(name)) })),
    caseId: null,
  });
  await framePage(app.page).goTo("queue");
});
afterEach(() => app.close());
afterAll(closeBrowser);

describe("the queue", () => {
  it("shows every note, how far it is, and ends with all done", async () => {
    const queue = queuePage(app.page);
    await expect(queue.lines).toHaveCount(3);
    await expect(queue.line("adm-1.txt")).toHaveAttribute("data-state", "running");
    await expect(queue.line("adm-1.txt").getByRole("progressbar")).toBeAttached();
    await expect(framePage(app.page).status("queue")).toContainText(/queue \d\/3/);
    isHeld = false;
    await expect(queue.summary).toContainText("3 of 3 notes done");
    await queue.clear.click();
    await expect(framePage(app.page).heading("Queue")).toBeVisible();
    await expect(app.page.getByText("Nothing to read")).toBeVisible();
  });

  it("pauses and goes on", async () => {
    const queue = queuePage(app.page);
    await queue.pause.click();
    await expect(queue.summary.getByRole("status")).toHaveText("Paused");
    await expect(framePage(app.page).status("queue")).toContainText("paused");
    await queue.resume.click();
    await expect(queue.pause).toBeVisible();
  });

  it("stops one note and reads it again on demand", async () => {
    const queue = queuePage(app.page);
    await expect(queue.line("adm-1.txt")).toHaveAttribute("data-state", "running");
    await queue.stop("adm-1.txt").click();
    await expect(queue.line("adm-1.txt")).toHaveAttribute("data-state", "cancelled");
    await expect(queue.line("adm-1.txt")).toContainText("nothing was changed");
    await queue.retry("adm-1.txt").click();
    await expect(queue.line("adm-1.txt")).toHaveAttribute("data-state", /queued|running/);
  });

  it("stops everything", async () => {
    const queue = queuePage(app.page);
    await queue.stopAll.click();
    await expect(queue.summary).toContainText("Nothing is waiting");
    for (const name of names) await expect(queue.line(name)).toHaveAttribute("data-state", /cancelled|done/);
  });
});

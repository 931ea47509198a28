import { afterAll, afterEach, describe, it } from "vitest";
import { framePage } from "./pages/framePage.ts";
import { importPage } from "./pages/importPage.ts";
import { modelsPage } from "./pages/modelsPage.ts";
import { settingsPage } from "./pages/settingsPage.ts";
import { type AppOptions, type AppUnderTest, closeBrowser, startApp } from "./support/app.ts";
import { expect } from "./support/expect.ts";
import { readNote } from "./support/readNote.ts";

let app: AppUnderTest;
async function start(options?: AppOptions) {
  app = await startApp(options);
  return { ...framePage(app.page), page: app.page };
}
afterEach(() => app.close());
afterAll(closeBrowser);

describe("the frame", () => {
  it("goes everywhere by key, and lists the keys", async () => {
    const { page, heading, keys, dialog } = await start();
    await expect(heading("Start with a note")).toBeVisible();
    for (const [sequence, name] of [
      ["g q", "Queue"],
      ["g m", "Models"],
      ["g v", "Compare"],
      ["g s", "Settings"],
      ["g a", "About Notegrain"],
      ["g c", "Start with a note"],
    ] as const) {
      await keys(sequence);
      await expect(heading(name)).toBeVisible();
    }
    await page.keyboard.press("?");
    await dialog("Keys").getByRole("textbox").fill("queue");
    await expect(dialog("Keys").getByText("Queue", { exact: true })).toBeVisible();
    await expect(dialog("Keys").getByText("Next case")).toBeHidden();
  });

  it("hears a key that is pressed in the very moment in which its screen is seen", async () => {
    const { page, heading, dialog } = await start();
    const { caseId } = await readNote(app, "adm-17.txt", "Dry cough.");
    // As on a machine so slow that no two steps of drawing fit between two events.
    await page.addInitScript(`{
      const now = performance.now.bind(performance);
      let late = 0;
      performance.now = () => now() + (late += 10);
    }`);
    await page.reload();
    await expect(heading("Choose a case")).toBeVisible();
    await page.evaluate(`{
      const desk = () => document.querySelector("[aria-label^='Opening the note']");
      new MutationObserver((_, observer) => {
        if (desk() === null) return;
        observer.disconnect();
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "e", bubbles: true }));
      }).observe(document.body, { subtree: true, childList: true });
      location.hash = "#/case/${caseId}";
    }`);
    await expect(dialog("Export")).toBeVisible();
  });

  it("finds actions in the palette and runs them", async () => {
    const { page, heading } = await start();
    await expect(heading("Start with a note")).toBeVisible();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("mod");
    await page.keyboard.press("Enter");
    await expect(heading("Models")).toBeVisible();
  });

  it("shows no case in the palette that an earlier query found", async () => {
    const { page, heading, dialog } = await start();
    await expect(heading("Start with a note")).toBeVisible();
    await readNote(app, "adm-17.txt", "Dry cough.");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("cough");
    const found = dialog(/./).getByText("adm-17.txt").first();
    await expect(found).toBeVisible();
    // No answer can arrive between the letter and the look.
    const said = await page.evaluate(`(async () => {
      document.execCommand("insertText", false, "x");
      await Promise.resolve();
      return document.activeElement.value + ": " + document.activeElement.closest("[role=dialog]").innerText;
    })()`);
    expect(said).toMatch(/^coughx: /);
    expect(said).not.toMatch(/adm-17|Nothing found/);
    await page.keyboard.press("Backspace");
    await expect(found).toBeVisible();
  });

  it.each(["reduce", "no-preference"] as const)(
    "has the palette ready before the next key (motion: %s), and gives the focus back",
    async (reducedMotion) => {
      const { page, search, dialog } = await start({ reducedMotion });
      await search.focus();
      // No frame and no timer may pass between the key and the focus.
      const focused = await page.evaluate(`(async () => {
        const key = { key: "k", code: "KeyK", ctrlKey: true, bubbles: true };
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", key));
        await Promise.resolve();
        return document.activeElement.closest("[role=dialog]") !== null;
      })()`);
      expect(focused).toBe(true);
      await expect(dialog(/./).getByRole("textbox")).toBeFocused();
      await page.keyboard.press("Escape");
      await expect(search).toBeFocused();
    },
  );

  it("leaves letters alone while the user types", async () => {
    const { page, search, heading } = await start();
    await search.click();
    await page.keyboard.type("g m ?");
    await expect(search).toHaveValue("g m ?");
    await expect(heading("Start with a note")).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});

describe.each([
  { locale: "en-GB", colorScheme: "light" },
  { locale: "zh-CN", colorScheme: "dark" },
] as const)("in $locale, $colorScheme", (look) => {
  it("has no screen that axe objects to", async () => {
    const { page, goTo, axeViolations } = await start(look);
    expect(await axeViolations()).toEqual([]);
    await importPage(page).openExample();
    await expect(page).toHaveURL(/#\/case\//);
    for (const place of ["cases", "queue", "models", "evaluation", "settings", "about"] as const) {
      await goTo(place);
      await expect(page.locator(`a[href="#/${place}"][aria-current=page]`)).toBeVisible();
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await axeViolations(), place).toEqual([]);
    }
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await axeViolations(), "keys").toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await axeViolations(), "palette").toEqual([]);
  });
});

describe("settings", () => {
  it("change language and theme at once, and keep them", async () => {
    const { page, goTo, heading } = await start();
    await goTo("settings");
    await settingsPage(page).language("中文");
    await expect(heading("设置")).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
    await settingsPage(page).theme("深色");
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
    const stored = () => app.ask("settings.get", {});
    await expect.poll(stored).toMatchObject({ language: "zh", theme: "dark" });
    await page.reload();
    await expect(heading("设置")).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  });

  it("take types of the user's own, say what is wrong with one, and put a removed one back", async () => {
    const { page, goTo, axeViolations } = await start();
    await goTo("settings");
    const { ownTypes, type } = settingsPage(page);
    const stored = async () => (await app.ask("settings.get", {})).ownTypes;
    const device = {
      name: "Medical_device",
      definition: "An implant or an aid.",
      examples: ["stent", "cane"],
    };
    await expect(page.getByText("knows only the types above")).toBeVisible();
    await ownTypes.add.click();
    await ownTypes.fill({ Name: "lab value" });
    await expect(ownTypes.form).toContainText("The name “Lab value” is taken (shown as Test value)");
    expect(await axeViolations()).toEqual([]);
    await ownTypes.fill({ Name: "Device" });
    await expect(ownTypes.form).toContainText("what belongs to it.");
    await ownTypes.fill({ Definition: device.definition, Examples: "stent\ncane" });
    await expect(ownTypes.form).toBeHidden();
    await expect(type("Device")).toBeChecked();
    await ownTypes.change("Device").click();
    await ownTypes.fill({ Name: "Medical device" });
    await expect.poll(stored).toEqual([device]);
    expect((await app.ask("settings.get", {})).types).toContain("Medical_device");
    await ownTypes.remove("Medical device").click();
    await expect.poll(stored).toEqual([]);
    await ownTypes.putBack.click();
    await expect.poll(stored).toEqual([device]);
    expect(await axeViolations()).toEqual([]);
  });

  it("take the types wanted, the threads and the size of the text", async () => {
    const { page, goTo } = await start();
    await goTo("settings");
    const settings = settingsPage(page);
    await settings.type("Severity").uncheck();
    await settings.threads.fill("3");
    await settings.fontSize.focus();
    await page.keyboard.press("ArrowRight");
    const stored = () => app.ask("settings.get", {});
    await expect.poll(stored).toMatchObject({ fontSize: 17, threads: 3 });
    await expect.poll(async () => (await stored()).types).toHaveLength(17);
    expect((await stored()).types).not.toContain("Severity");
    await settings.threads.fill("");
    await expect.poll(stored).toMatchObject({ threads: 0 });
  });

  it("change a key, and refuse one that is taken or reserved", async () => {
    const { page, goTo, heading } = await start();
    await goTo("settings");
    const { keyButton } = settingsPage(page);
    await keyButton("Show all keys").click();
    await page.keyboard.press("/");
    await expect(page.getByRole("alert")).toContainText("taken by “Search every note”");
    await keyButton("Show all keys").click();
    await page.keyboard.press("Control+w");
    await expect(page.getByRole("alert")).toContainText("browser or the system");
    await keyButton("Show all keys").click();
    await page.keyboard.press("h");
    await expect.poll(async () => (await app.ask("settings.get", {})).keys).toEqual({ "app.help": "h" });
    await heading("Settings").click();
    await page.keyboard.press("h");
    await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  });
});

describe("models", () => {
  it("show what is installed and what is known of it", async () => {
    const { page, goTo, status } = await start();
    await goTo("models");
    const { card } = modelsPage(page);
    await expect(card("fake")).toContainText("12 million parameters");
    await expect(card("fake")).toContainText("part of the program");
    await expect(status("model")).toContainText("fake");
  });

  it("are looked at before they are added", async () => {
    const { page, goTo } = await start();
    await goTo("models");
    const { chooseFile, report, add } = modelsPage(page);
    await chooseFile({ name: "other.gguf", mimeType: "", buffer: Buffer.alloc(64_000, 1) });
    await expect(report).toContainText("Fits in memory: needs 60 MB");
    await expect(report).toContainText("Licence: Apache-2.0");
    await add.click();
    await expect(report).toBeHidden();
  });

  it("change how notes are read", async () => {
    const { page, goTo } = await start();
    await goTo("models");
    await modelsPage(page).paradigm("By definitions alone").check();
    await expect.poll(async () => (await app.ask("models.list", {})).chosen.paradigm).toBe("zero");
  });
});

import { readFileSync } from "node:fs";
import { afterAll, afterEach, expect as check, describe, it, vi } from "vitest";
import { bundledModels } from "../src/host/bundledModels.ts";
import { tinyGguf } from "../test/support/tinyGguf.ts";
import { framePage } from "./pages/framePage.ts";
import { modelsPage } from "./pages/modelsPage.ts";
import { type AppOptions, type AppUnderTest, closeBrowser, startApp } from "./support/app.ts";
import { expect } from "./support/expect.ts";

// What the files say of themselves and of each other is looked at; how fast they run is not measured here.
vi.mock("../src/engine/probe.ts", () => ({
  secondsPerNote: async () => 1.5,
  changesOutput: async () => true,
}));

let app: AppUnderTest;
afterEach(() => app?.close());
afterAll(closeBrowser);

/** The screen with the models that ship with the program. */
async function open(options: AppOptions = {}) {
  app = await startApp({ models: "bundled", ...options });
  await framePage(app.page).goTo("models");
  const { models } = await app.ask("models.list", {});
  const idOf = (name: string) => models.find(({ report }) => report.name === name)?.id ?? "";
  const ids = {
    compact: idOf("Notegrain compact"),
    base: idOf("Notegrain base"),
    adapter: idOf("notegrain-base-lora18"),
    selector: idOf("Notegrain compact-selector"),
  };
  const chosen = async () => {
    const { modelId, adapterId, selectorId = null } = (await app.ask("models.list", {})).chosen;
    return { modelId, adapterId, selectorId };
  };
  return { ...modelsPage(app.page), ids, chosen, page: app.page };
}

/** The bundled adapter under another name of the same length, as a clinic's own would be. */
function renamedAdapter(name: string): Buffer {
  const file = bundledModels().find((path) => path.endsWith("notegrain-base-lora18.gguf")) ?? "";
  const bytes = readFileSync(file);
  bytes.write(name, bytes.indexOf("notegrain-base-lora18"));
  return bytes;
}

const names = ["notegrain-base.gguf", "notegrain-base-lora18.gguf", "notegrain-compact-selector.gguf"];
const missing = names.filter((name) => !bundledModels().some((path) => path.endsWith(name)));
if (missing.length > 0) process.stderr.write(`e2e/models is skipped: no ${missing.join(", ")}.\n`);

describe.skipIf(missing.length > 0)("the models that ship", () => {
  it("are listed with what they are, and what each fits", async () => {
    const { card, beside, options, ids, page } = await open();
    for (const id of [ids.compact, ids.base]) {
      await expect(card(id)).toContainText(/\d+ million parameters/);
      await expect(card(id)).toContainText("part of the program");
    }
    for (const id of [ids.adapter, ids.selector]) {
      await expect(card(id)).toContainText(/For Notegrain (base|compact) · .*\.gguf/);
      await expect(card(id)).toContainText("part of the program");
      await expect(card(id).getByRole("button")).toHaveCount(0);
    }
    check(await options("Adapter")).toEqual([
      { name: "None", group: null, canBeChosen: true },
      { name: "notegrain-base-lora18", group: "For Notegrain base", canBeChosen: false },
    ]);
    check(await options("Second look")).toEqual([
      { name: "No second look", group: null, canBeChosen: true },
      { name: "Notegrain compact-selector", group: null, canBeChosen: true },
    ]);
    await beside("Adapter").click();
    check(await framePage(page).axeViolations()).toEqual([]);
  });

  it("are combined only where they fit, and no misfit is kept when the model changes", async () => {
    const { card, beside, choose, chosen, ids, page } = await open();
    await choose("Second look", "Notegrain compact-selector");
    await expect.poll(chosen).toEqual({ modelId: ids.compact, adapterId: null, selectorId: ids.selector });
    await beside("Adapter").click();
    await page.getByRole("option", { name: "notegrain-base-lora18" }).click({ force: true });
    await page.keyboard.press("Escape");
    await expect(beside("Adapter")).toHaveValue("None");
    check(await chosen()).toEqual({ modelId: ids.compact, adapterId: null, selectorId: ids.selector });

    await card(ids.base).getByRole("radio").check();
    await expect.poll(chosen).toEqual({ modelId: ids.base, adapterId: null, selectorId: null });
    await expect(beside("Second look")).toHaveValue("No second look");
    await choose("Adapter", "notegrain-base-lora18");
    await expect.poll(chosen).toEqual({ modelId: ids.base, adapterId: ids.adapter, selectorId: null });

    await card(ids.compact).getByRole("radio").check();
    await expect.poll(chosen).toEqual({ modelId: ids.compact, adapterId: null, selectorId: null });
    await expect(beside("Adapter")).toHaveValue("None");
  });

  it("refuse what fits none of them, and a wrong pair, with the reason", async () => {
    const { chooseFile, report, add, chosen, ids } = await open();
    const lora = (part: "a" | "b", dimensions: readonly number[]) => ({
      name: `blk.0.attn_q.weight.lora_${part}`,
      dimensions,
    });
    const buffer = tinyGguf(
      {
        "general.architecture": "llama",
        "general.type": "adapter",
        "adapter.type": "lora",
        "adapter.lora.alpha": 2.5,
      },
      [lora("a", [8, 2]), lora("b", [2, 8])],
    );
    await chooseFile({ name: "foreign.gguf", mimeType: "", buffer });
    await expect(report).toContainText(
      "Was made for another base model: blk.0.attn_q.weight has another size",
    );
    await expect(add).toBeDisabled();

    const before = await chosen();
    const pair = { modelId: ids.compact, adapterId: ids.adapter, selectorId: null, paradigm: "tuned" };
    const answer = await app.backend.handle("models.choose", pair);
    check(answer).toEqual({
      ok: false,
      error: {
        code: "NG-ADAPTER-BASE",
        params: { name: "notegrain-base-lora18", reason: "ADAPTER-OTHER-WEIGHTS", base: "Notegrain base" },
      },
    });
    check(await chosen()).toEqual(before);
  });

  it("take an adapter beside them, which is listed and can be removed, and then reads no more", async () => {
    const { card, beside, choose, chooseFile, report, add, chosen, ids, page } = await open();
    await card(ids.base).getByRole("radio").check();
    await chooseFile({ name: "ward 7.gguf", mimeType: "", buffer: renamedAdapter("our-own-ward-7-lora18") });
    await expect(report).toContainText("our-own-ward-7-lora18");
    await add.click();
    const named = async () =>
      (await app.ask("models.list", {})).models.find(
        ({ report: { name } }) => name === "our-own-ward-7-lora18",
      );
    await expect.poll(named).toBeDefined(); // the click answers before the file has been read
    const own = (await named())?.id ?? "";
    await expect(card(own)).toContainText(/For Notegrain base · .* · ward_7\.gguf/);
    await choose("Adapter", "our-own-ward-7-lora18");
    await expect.poll(chosen).toEqual({ modelId: ids.base, adapterId: own, selectorId: null });

    await card(own).getByRole("button", { name: "Remove our-own-ward-7-lora18" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await expect(card(own)).toHaveCount(0);
    await expect(beside("Adapter")).toHaveValue("None");
    await expect.poll(chosen).toEqual({ modelId: ids.base, adapterId: null, selectorId: null });
    await expect(card(ids.adapter)).toBeVisible();
  });

  it("say in Chinese too what fits what", async () => {
    const { options } = await open({ locale: "zh-CN" });
    check((await options("适配器"))[1]?.group).toBe("适用于 Notegrain base");
  });
});

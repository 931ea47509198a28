import { expect, test } from "vitest";
import { defaultSettings } from "#contract/defaultSettings.ts";
import type { Settings } from "#contract/records.ts";
import { fakeMentions, fakeModels } from "../../e2e/support/fakeModels.ts";
import { isIdle, openBackend } from "../../test/support/openedBackend.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { createFakeEngine } from "../engine/fakeEngine.ts";
import { askedFormat, askedTypes, ownTypesOf, plannedOwnTypes, taughtIn } from "./askedTypes.ts";
import type { ModelLibrary } from "./ports.ts";

const device = { name: "Device", definition: "An implant or an aid.", examples: ["stent"] };
const allergen = { name: "Allergen", definition: "What somebody is allergic to.", examples: [] };
const wanting = (types: readonly string[]): Settings => ({
  ...defaultSettings,
  types,
  ownTypes: [device, allergen],
});
const stock = { name: "stock", grounded: false, types: [] };
const compact = { name: "compact", grounded: true, types: ["Age", "Medication"] };

test("a stock model is asked for every wanted type, the user's own with their definitions", () => {
  expect(askedTypes(wanting(["Age", "Device"]), stock)).toEqual({
    types: ["Age", "Device"],
    ownTypes: [device],
  });
});

test("a model with tags of its own is asked for what it knows", () => {
  expect(askedTypes(wanting(["Age", "Sex", "Device"]), compact)).toEqual({ types: ["Age"], ownTypes: [] });
  expect(askedTypes(wanting(["Age", "Device"]), { ...compact, types: [] }).types).toEqual(["Age"]);
});

test("an adapter is asked for what it learned, where it says so, and only where it is what reads", () => {
  const taught = { outputFormat: "brackets", types: ["Age", "Device"] } as const;
  const adapter = {
    id: "l",
    report: { adapter: { fitsBase: true, changesOutput: true, reason: null, taught } },
  };
  const wanted = wanting(["Age", "Sex", "Device", "Allergen"]);
  const tuned = taughtIn({ paradigm: "tuned", adapterId: "l" }, [adapter]);
  expect(askedTypes(wanted, stock, tuned)).toEqual({ types: ["Age", "Device"], ownTypes: [device] });
  expect(askedTypes(wanted, compact, tuned).types).toEqual(["Age"]);
  const told = taughtIn({ paradigm: "zero", adapterId: "l" }, [adapter]);
  expect(askedTypes(wanted, stock, told).types).toEqual(["Age", "Sex", "Device", "Allergen"]);
  expect(taughtIn({ paradigm: "tuned", adapterId: null }, [adapter])).toBeNull();
});

test("the answer is asked for as in the settings, unless model or adapter learned it in one form alone", () => {
  const brackets = { outputFormat: "brackets" } as const;
  expect(askedFormat(brackets, stock)).toBe("brackets");
  expect(askedFormat(brackets, compact)).toBe("grounded");
  expect(askedFormat(brackets, { grounded: false, answersInTags: true })).toBe("grounded");
  expect(askedFormat(brackets, stock, { outputFormat: "json", types: [] })).toBe("json");
});

test("a run for nothing says so, with the model's name", () => {
  const nothing = expect.objectContaining({ code: "NG-NO-TYPES", params: { name: "compact" } });
  expect(() => askedTypes(wanting(["Device"]), compact)).toThrow(nothing);
  expect(() => askedTypes(wanting(["Removed_type"]), stock)).toThrow("stock");
});

test("a plan keeps the types as they were", () => {
  expect(ownTypesOf({ settings: plannedOwnTypes([device, allergen]) })).toEqual([device, allergen]);
  expect(ownTypesOf({ settings: plannedOwnTypes([]) })).toEqual([]);
});

test("an own type in the settings is looked for by new runs, and one that cannot be used is refused", async () => {
  using folder = temporaryFolder();
  const [fake] = await fakeModels().list();
  if (!fake) throw new Error("the fake library is empty");
  const types = [...defaultSettings.types, "Device"];
  const models: ModelLibrary = {
    ...fakeModels(),
    list: async () => [{ ...fake, report: { ...fake.report, ...stock } }],
    open: async () =>
      createFakeEngine({
        types,
        tag: (text) => [
          ...fakeMentions(text),
          ...[...text.matchAll(/pacemaker/g)].map(({ index, 0: word }) => ({
            start: index,
            end: index + word.length,
            type: "Device",
          })),
        ],
      }),
  };
  await using app = await openBackend(folder.file("cases.db"), { models });
  // The stand-in has tags of its own, whatever its report says here.
  await app.ask("models.choose", { modelId: fake.id, adapterId: null, paradigm: "tuned" });
  const [before] = await app.bring({ "a.txt": "Cough, pacemaker in place." });
  await app.queueWhere(isIdle);
  await app.ask("settings.set", { types, ownTypes: [device] });
  const [after] = await app.bring({ "b.txt": "Fever, pacemaker in place." });
  await app.queueWhere((queue) => queue.items.length === 2 && isIdle(queue));
  const found = async (documentId: string | null | undefined) =>
    (await app.ask("documents.get", { documentId: documentId ?? "" })).entities.map(({ type }) => type);
  expect(await found(before?.documentId)).toEqual(["Sign_symptom"]);
  expect(await found(after?.documentId)).toEqual(["Sign_symptom", "Device"]);

  const taken = { ...device, name: "Lab-Value" };
  await expect(app.ask("settings.set", { ownTypes: [taken] })).rejects.toThrow("NG-TYPES");
  expect((await app.ask("settings.get", {})).ownTypes).toEqual([device]);
});

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeError } from "#contract/errors.ts";
import { parseLabelMap, typeNames } from "#host/useCases.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { bankFaults, openBank } from "./bankOptions.ts";

const host = { openStore: () => Promise.reject(new Error("no store is opened for gold")) };
const known = typeNames();
const grounded = (...types: string[]) => ({ types, outputFormat: "grounded" }) as const;
const codes = (...given: Parameters<typeof bankFaults>) => bankFaults(...given).map(({ code }) => code);

function iobFile() {
  const folder = temporaryFolder();
  const path = folder.file("bc.iob");
  writeFileSync(path, "Zorbital\tB-Chemical\nfor\tO\ngout\tB-Disease\n");
  return { path, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

test("a bank none of whose labels is asked for is told, with its labels", async () => {
  using file = iobFile();
  const opened = await openBank(host, file.path, null, { known });
  const [fault] = bankFaults(opened, grounded("Medication"));
  expect(fault).toEqual({ code: "NG-LABELS", params: { name: "bc.iob", labels: "Chemical, Disease" } });
  expect(fault && describeError(fault).what).toContain("it has Chemical, Disease");
  expect(bankFaults(opened, grounded("Chemical", "Disease"))).toEqual([]);
  expect(bankFaults(null, grounded("Medication"))).toEqual([]);
});

test("labels of a bank are taken under our types, and it counts as read for these alone", async () => {
  using file = iobFile();
  const labels = parseLabelMap("Chemical=Medication");
  const opened = await openBank(host, file.path, null, { known, labels });
  expect([...opened.bank.types].toSorted()).toEqual(["Disease", "Medication"]);
  expect(bankFaults(opened, grounded("Medication"))).toEqual([]);
  const [fault] = bankFaults(opened, grounded("Medication", "Dosage"));
  expect(fault).toEqual({
    code: "NG-UNREAD",
    params: { name: "bc.iob", count: 1, size: 1, types: "Dosage" },
  });
});

test("a person may say what it was read for, but not of a case store", async () => {
  using file = iobFile();
  const said = (stated: readonly string[] | "all") => openBank(host, file.path, null, { known, stated });
  expect(codes(await said("all"), grounded("Chemical", "Dosage"))).toEqual([]);
  expect(codes(await said(["Chemical"]), grounded("Chemical", "Disease"))).toEqual(["NG-UNREAD"]);
  await expect(openBank(host, "cases.db", null, { known, stated: "all" })).rejects.toMatchObject({
    code: "NG-USAGE",
  });
});

test("the manifest of a training pack tells it too, and a damaged one is told", async () => {
  using folder = temporaryFolder();
  const pack = folder.file("pack");
  mkdirSync(pack);
  writeFileSync(join(pack, "a.txt"), "Took aspirin.");
  writeFileSync(join(pack, "a.ann"), "T1\tMedication 5 12\taspirin\n");
  const documents = [{ name: "a", types: ["Medication"] }];
  const manifest = JSON.stringify({ schema: "notegrain/training@1", documents });
  writeFileSync(join(pack, "manifest.json"), manifest);
  const opened = await openBank(host, pack, null, { known });
  expect(codes(opened, grounded("Medication", "Dosage"))).toEqual(["NG-UNREAD"]);
  writeFileSync(join(pack, "manifest.json"), "{");
  const { bank, faults } = await openBank(host, pack, null, { known });
  expect([bank.size, faults.map(({ code }) => code)]).toEqual([1, ["NG-GOLD"]]);
});

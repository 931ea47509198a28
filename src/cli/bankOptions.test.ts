import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describeError } from "#contract/errors.ts";
import { parseLabelMap } from "#host/useCases.ts";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { labelFault, openBank } from "./bankOptions.ts";

const host = { openStore: () => Promise.reject(new Error("no store is opened for gold")) };

function iobFile() {
  const folder = temporaryFolder();
  const path = folder.file("bc.iob");
  writeFileSync(path, "Zorbital\tB-Chemical\nfor\tO\ngout\tB-Disease\n");
  return { path, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

test("a bank none of whose labels is asked for is told, with its labels", async () => {
  using file = iobFile();
  const opened = await openBank(host, file.path, null);
  const [fault] = labelFault(opened, ["Medication"]);
  expect(fault).toEqual({ code: "NG-LABELS", params: { name: "bc.iob", labels: "Chemical, Disease" } });
  expect(fault && describeError(fault).what).toContain("it has Chemical, Disease");
  expect(labelFault(opened, ["Medication", "Disease"])).toEqual([]);
  expect(labelFault(null, ["Medication"])).toEqual([]);
});

test("labels of a bank are taken under our types", async () => {
  using file = iobFile();
  const opened = await openBank(host, file.path, null, parseLabelMap("Chemical=Medication"));
  expect([...opened.bank.types].toSorted()).toEqual(["Disease", "Medication"]);
  expect(labelFault(opened, ["Medication"])).toEqual([]);
});

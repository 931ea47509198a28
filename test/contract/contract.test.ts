import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Client } from "../../src/contract/client.ts";
import type { QueueState } from "../../src/contract/records.ts";
import { type OpenTransport, transports } from "./transports.ts";

const encoder = new TextEncoder();
const note = "Denies fever.\r\nSevere chest pain for two days; metoprolol 25 mg daily. 胸痛 👩‍⚕️\n";
const longNote = `${"Severe chest pain for two days, no cough. Metoprolol 25 mg twice daily.\n".repeat(40)}`;

async function bring(
  client: Client,
  text: string,
  name = "note.txt",
): Promise<{ documentId: string; caseId: string }> {
  const files = [{ name, bytes: encoder.encode(text) }];
  const [fate] = await client.call("notes.import", { files, caseId: null });
  expect(fate).toMatchObject({ name, outcome: "added", error: null });
  return { documentId: fate?.documentId ?? "", caseId: fate?.caseId ?? "" };
}

/** Resolves with the first queue state that `is` likes. */
function queueWhere(client: Client, is: (queue: QueueState) => boolean): Promise<QueueState> {
  return new Promise((resolve) => {
    const stop = client.on("queue", (queue) => {
      if (!is(queue)) return;
      stop();
      resolve(queue);
    });
  });
}

const stateOf = (queue: QueueState, documentId: string) =>
  queue.items.find((item) => item.documentId === documentId)?.state;

describe.each(transports)("the contract over $name", ({ open }) => {
  let folder: string;
  let line: OpenTransport;
  let client: Client;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "notegrain-contract-"));
    line = await open(join(folder, "cases.db"));
    client = line.client;
  });

  afterEach(async () => {
    await line.close();
    rmSync(folder, { recursive: true, force: true });
    vi.unstubAllGlobals();
  });

  test("settings are answered, changed, and told about", async () => {
    const told = new Promise((resolve) => client.on("settings", resolve));
    expect(await client.call("settings.get", {})).toMatchObject({ theme: "auto", fontSize: 16 });
    expect(await client.call("settings.set", { theme: "dark" })).toMatchObject({
      theme: "dark",
      fontSize: 16,
    });
    expect(await told).toEqual({});
  });

  test("answers find their questions, in whatever order they come", async () => {
    const { documentId } = await bring(client, note);
    const [document, queue, cases] = await Promise.all([
      client.call("documents.get", { documentId }),
      client.call("queue.get", {}),
      client.call("cases.list", { search: "", status: null, sort: "title", offset: 0, limit: 10 }),
    ]);
    expect(document.text).toBe(note);
    expect(queue.paused).toBe(false);
    expect(cases.total).toBe(1);
  });

  test("bytes arrive as they were sent", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const files = [
      { name: "binary.txt", bytes },
      { name: "empty.txt", bytes: new Uint8Array() },
      { name: "utf16.txt", bytes: Uint8Array.from([0xff, 0xfe, 0x46, 0x00, 0x0a, 0x00]) },
    ];
    const fates = await client.call("notes.import", { files, caseId: null });
    expect(fates.map((fate) => [fate.outcome, fate.error?.code])).toEqual([
      ["failed", expect.stringMatching(/^NG-(BINARY|ENCODING)$/)],
      ["failed", "NG-EMPTY"],
      ["added", undefined],
    ]);
    const document = await client.call("documents.get", { documentId: fates[2]?.documentId ?? "" });
    expect(document.text).toBe("F\n");
  });

  test("the example bank takes bytes, answers, tells of changes, and refuses what makes no sense", async () => {
    const told = new Promise((resolve) => client.on("examples", resolve));
    const files = [
      { name: "a.ann", bytes: encoder.encode("T1\tSign_symptom 4 9\tcough\n") },
      { name: "a.txt", bytes: encoder.encode("Dry cough at night.") },
    ];
    expect(await client.call("examples.import", { files })).toEqual({
      added: 1,
      known: 0,
      nearDuplicates: 0,
      errors: [],
      unfit: [],
    });
    expect(await told).toEqual({ indexing: null });
    const sound = { unfitTotal: 0, unfit: [], foreignLabels: [], readGroups: [], vectors: null };
    expect(await client.call("examples.state", {})).toEqual(sound);
    await client.call("examples.relabel", { label: "Sign_symptom", type: "Symptom" });
    const renamed = [{ label: "Symptom", marks: 1 }];
    expect(await client.call("examples.state", {})).toEqual({ ...sound, foreignLabels: renamed });
    const query = { search: "", type: null, marked: null, offset: 0, limit: 10 };
    const { examples, total, size } = await client.call("examples.list", query);
    expect({ total, size }).toEqual({ total: 1, size: 1 });
    expect(examples[0]).toMatchObject({ text: "Dry cough at night.", source: "a", isPinned: false });
    const id = examples[0]?.id ?? "";
    await client.call("examples.mark", { ids: [id], isPinned: true });
    expect((await client.call("examples.list", { ...query, marked: "pinned" })).total).toBe(1);
    const outside = { id, text: "Dry", spans: [{ type: "Sign_symptom", start: 0, end: 9 }] };
    await expect(client.call("examples.edit", outside)).rejects.toMatchObject({ code: "NG-EXAMPLES" });
    await expect(client.call("examples.delete", { ids: [] })).rejects.toMatchObject({ code: "NG-REQUEST" });
    await client.call("examples.delete", { ids: [id] });
    expect((await client.call("examples.list", query)).size).toBe(0);
    const chemistry = [{ name: "b.iob", bytes: encoder.encode("Zorbital\tB-Chemical\n") }];
    await client.call("examples.import", { files: chemistry });
    const readGroups = async () => (await client.call("examples.state", {})).readGroups;
    expect(await readGroups()).toEqual([{ types: ["Chemical"], examples: 1 }]);
    await client.call("examples.readForAll", { types: ["Chemical"] });
    expect(await readGroups()).toEqual([]);
    const { documentId } = await bring(client, note);
    expect(await client.call("examples.used", { documentId })).toBeNull();
  });

  test("a backend's error keeps its code and its parameters", async () => {
    await expect(client.call("documents.get", { documentId: "nowhere" })).rejects.toMatchObject({
      name: "NotegrainError",
      code: "NG-NOT-FOUND",
      params: { name: "nowhere" },
    });
  });

  test("a request that makes no sense is refused, and its words are not repeated", async () => {
    const secret = "chest pain of Mr Smith";
    const refusal = await client
      .call("cases.get", { caseId: 7, extra: secret } as never)
      .catch((error) => error);
    expect(refusal).toMatchObject({ code: "NG-REQUEST", params: { method: "cases.get" } });
    expect(JSON.stringify(refusal.params) + refusal.message).not.toContain("Smith");
    await expect(client.call("settings.set", { fontSize: 900 })).rejects.toMatchObject({
      code: "NG-REQUEST",
    });
  });

  test("entities stream in, and the note is then read to the end", async () => {
    const progress: number[] = [];
    client.on("entities", (found) => progress.push(found.progress));
    const finished = queueWhere(client, (queue) => queue.items.some((item) => item.state === "done"));
    const { documentId } = await bring(client, longNote);
    await finished;
    const document = await client.call("documents.get", { documentId });
    expect(document).toMatchObject({ status: "done", run: { coverage: 1, info: { model: "fake" } } });
    expect(document.entities.length).toBeGreaterThan(150);
    for (const entity of document.entities)
      expect(longNote.slice(entity.start, entity.end)).toBe(entity.text);
    expect(progress.length).toBeGreaterThan(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  test("a note in hand stops, stays, and can be tried again", async () => {
    const running = queueWhere(client, (queue) => queue.items.some(({ progress }) => progress > 0));
    const { documentId } = await bring(client, longNote);
    await running;
    const queue = await client.call("queue.cancel", { documentIds: [documentId] });
    expect(stateOf(queue, documentId)).toBe("cancelled");
    expect(await client.call("documents.get", { documentId })).toMatchObject({
      status: "cancelled",
      entities: [],
    });
    const finished = queueWhere(client, (later) => stateOf(later, documentId) === "done");
    await client.call("queue.retry", { documentId });
    await finished;
    expect(await client.call("documents.get", { documentId })).toMatchObject({ status: "done" });
  });

  test("a paused queue stands still in the middle of a note and goes on", async () => {
    const running = queueWhere(client, (queue) => queue.items.some(({ progress }) => progress > 0));
    const { documentId } = await bring(client, longNote);
    await running;
    expect((await client.call("queue.pause", {})).paused).toBe(true);
    // What the model was at may still end.
    await vi.waitFor(async () => {
      const early = (await client.call("queue.get", {})).items[0]?.progress;
      await new Promise((resolve) => setTimeout(resolve, 300));
      const [item] = (await client.call("queue.get", {})).items;
      expect(item).toMatchObject({ state: "running", progress: early });
    }, 60_000);
    const finished = queueWhere(client, (queue) => stateOf(queue, documentId) === "done");
    await client.call("queue.resume", {});
    await finished;
  });

  test("a request that was called off is rejected at once", async () => {
    const calledOff = new AbortController();
    const files = Array.from({ length: 2000 }, (_, i) => ({
      name: `n${i}.txt`,
      bytes: encoder.encode(`${i} ${note}`),
    }));
    const pending = client.call("notes.import", { files, caseId: null }, { signal: calledOff.signal });
    await new Promise((resolve) => setTimeout(resolve, 50));
    calledOff.abort();
    // Before anything else can arrive.
    const nextTurn = new Promise((resolve) => setImmediate(resolve, "later"));
    const outcome = Promise.race([pending.catch((error) => error), nextTurn]);
    expect(await outcome).toMatchObject({ code: "NG-CANCELLED" });
    await expect(client.call("queue.get", {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "NG-CANCELLED",
    });
    await client.call("queue.cancel", { documentIds: [] });
  });

  test("corrections are kept beside what the model said, and undone without end", async () => {
    const finished = queueWhere(client, (queue) => queue.items.some((item) => item.state === "done"));
    const { documentId } = await bring(client, note);
    await finished;
    const read = await client.call("documents.get", { documentId });
    const [first] = read.entities;
    const actions = [
      { kind: "accept", entityId: first?.id ?? "" },
      { kind: "add", type: "Sign_symptom", start: 0, end: 6 },
    ] as const;
    const corrected = await client.call("review.apply", { documentId, actions: [...actions] });
    expect(corrected.entities.map(({ status }) => status)).toEqual(
      expect.arrayContaining(["accepted", "added"]),
    );
    expect(corrected).toMatchObject({ canUndo: true, canRedo: false });
    const undone = await client.call("review.undo", { documentId });
    expect(undone.entities).toEqual(read.entities);
    expect(undone).toMatchObject({ canUndo: false, canRedo: true });
    expect((await client.call("review.redo", { documentId })).entities).toEqual(corrected.entities);
  });

  test("a comparison on reviewed notes is told of on its way, kept, and can be called off", async () => {
    const finished = queueWhere(client, (queue) => queue.items.some((item) => item.state === "done"));
    const { documentId } = await bring(client, note);
    await finished;
    const { entities } = await client.call("documents.get", { documentId });
    expect(await client.call("evaluation.notes", {})).toEqual([]);
    const actions = entities.map(({ id }) => ({ kind: "accept", entityId: id }) as const);
    await client.call("review.apply", { documentId, actions });
    expect(await client.call("evaluation.notes", {})).toMatchObject([{ documentId, name: "note.txt" }]);

    const phases: string[] = [];
    const over = () =>
      new Promise<void>((resolve) => {
        const stop = client.on("evaluation", ({ phase }) => {
          phases.push(phase);
          if (phase !== "idle") return;
          stop();
          resolve();
        });
      });
    const row = { modelId: "fake", adapterId: null, paradigm: "tuned", select: null } as const;
    const request = { documentIds: [documentId], rows: [row] };
    const calledOff = over();
    await client.call("evaluation.start", request);
    await client.call("evaluation.cancel", {});
    await calledOff;
    expect(await client.call("evaluation.list", {})).toEqual([]);
    const done = over();
    await client.call("evaluation.start", request);
    await done;
    expect(phases).toContain("reading");
    const [result] = await client.call("evaluation.list", {});
    expect(result).toMatchObject({ documentIds: [documentId], rows: [{ scores: { micro: { f1: 1 } } }] });
    const { files } = await client.call("evaluation.export", {
      evaluationId: result?.id ?? 0,
      format: "csv",
    });
    expect(files[0]?.content).toContain("tuned,fake,");
    expect(await client.call("evaluation.delete", { evaluationId: result?.id ?? 0 })).toEqual([]);
    await expect(client.call("evaluation.start", { documentIds: [], rows: [row] })).rejects.toMatchObject({
      code: "NG-REQUEST",
    });
  });

  test("whoever closes the line waits for nothing any more", async () => {
    const pending = client.call("about.get", {});
    client.close();
    await Promise.race([pending.catch(() => {}), new Promise((resolve) => setTimeout(resolve, 1000))]);
  });

  test("a backend that dies rejects what is pending, comes back when asked, and has lost nothing", async ({
    skip,
  }) => {
    if (!line.kill) return skip("here the backend lives and dies with the client");
    const running = queueWhere(client, (queue) => queue.items.some(({ progress }) => progress > 0));
    const { documentId } = await bring(client, longNote);
    await running;
    const lost = new Promise((resolve) => {
      client.on("backend", ({ error }) => error && resolve(error));
    });
    const files = Array.from({ length: 3000 }, (_, i) => ({
      name: `n${i}.txt`,
      bytes: encoder.encode(`${i} ${note}`),
    }));
    const pending = client.call("notes.import", { files, caseId: null }).catch((error) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const back = line.kill();
    expect(await pending).toMatchObject({ code: "NG-BACKEND-LOST" });
    expect(await lost).toMatchObject({ code: "NG-BACKEND-LOST" });
    await back;
    expect((await client.call("documents.get", { documentId })).text).toBe(longNote);
    // The note that was in hand is taken up again, and read to the end.
    const queue = await client.call("queue.get", {});
    if (stateOf(queue, documentId) !== "done")
      await queueWhere(client, (now) => stateOf(now, documentId) === "done");
    expect(await client.call("documents.get", { documentId })).toMatchObject({ status: "done" });
  });
});

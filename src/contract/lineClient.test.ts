import { expect, test, vi } from "vitest";
import type { WireMessage } from "./client.ts";
import { createLineClient } from "./lineClient.ts";

function openLine() {
  const sent: WireMessage[] = [];
  return { sent, client: createLineClient((message) => sent.push(message)) };
}

test("answers go to the request of their number, whatever their order", async () => {
  const { client } = openLine();
  const first = client.call("settings.get", {});
  const second = client.call("about.get", {});
  client.receive({ kind: "answer", id: 2, result: { ok: true, value: "second" } });
  client.receive({
    kind: "answer",
    id: 1,
    result: { ok: false, error: { code: "NG-EMPTY", params: { name: "a" } } },
  });
  await expect(second).resolves.toBe("second");
  await expect(first).rejects.toMatchObject({ code: "NG-EMPTY", params: { name: "a" } });
});

test("an answer to nothing, or a second one, is dropped", async () => {
  const { client } = openLine();
  client.receive({ kind: "answer", id: 7, result: { ok: true, value: 1 } });
  const call = client.call("about.get", {});
  client.receive({ kind: "answer", id: 1, result: { ok: true, value: 1 } });
  client.receive({ kind: "answer", id: 1, result: { ok: true, value: 2 } });
  await expect(call).resolves.toBe(1);
});

test("what is called off is rejected at once, and the backend is told once", async () => {
  const { client, sent } = openLine();
  const calledOff = new AbortController();
  const call = client.call("about.get", {}, { signal: calledOff.signal });
  calledOff.abort();
  await expect(call).rejects.toMatchObject({ code: "NG-CANCELLED" });
  expect(sent.map(({ kind }) => kind)).toEqual(["request", "cancel"]);
  client.receive({ kind: "answer", id: 1, result: { ok: true, value: "late" } });
});

test("a signal that fires after the answer tells nobody", async () => {
  const { client, sent } = openLine();
  const late = new AbortController();
  const call = client.call("about.get", {}, { signal: late.signal });
  client.receive({ kind: "answer", id: 1, result: { ok: true, value: 1 } });
  await call;
  late.abort();
  expect(sent).toHaveLength(1);
});

test("a loss rejects all that is pending, and is told once until the backend is found again", async () => {
  const { client } = openLine();
  const told = vi.fn();
  client.on("backend", told);
  const calls = [client.call("about.get", {}), client.call("queue.get", {})];
  client.lost();
  client.lost();
  for (const call of calls) await expect(call).rejects.toMatchObject({ code: "NG-BACKEND-LOST" });
  client.found();
  client.found();
  client.lost({ code: "NG-STORE-LOCKED", params: { name: "cases.db" } });
  expect(told.mock.calls.map(([{ error }]) => error?.code ?? null)).toEqual([
    "NG-BACKEND-LOST",
    null,
    "NG-STORE-LOCKED",
  ]);
});

test("events reach who listens until they stop, also when they stop in the middle", () => {
  const { client } = openLine();
  const heard: string[] = [];
  const stopFirst = client.on("cases", () => {
    heard.push("first");
    stopFirst();
  });
  client.on("cases", () => heard.push("second"));
  client.receive({ kind: "event", name: "cases", payload: {} });
  client.receive({ kind: "event", name: "cases", payload: {} });
  expect(heard).toEqual(["first", "second", "second"]);
});

import { lookup } from "node:dns";
import { connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { watchNetwork } from "./watchNetwork.ts";

test("quiet work leaves no trace", () => {
  const watch = watchNetwork();
  watch.sample();
  expect(watch.end().seen).toEqual([]);
});

test("a name look-up is seen", async () => {
  const watch = watchNetwork();
  await new Promise<void>((resolve) => lookup("localhost", () => resolve()));
  expect(watch.end().seen).toContain("GETADDRINFOREQWRAP");
});

test("a connection is seen", async () => {
  const watch = watchNetwork();
  const server = createServer((socket) => socket.end()).listen(0, "127.0.0.1");
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  await new Promise<void>((resolve) =>
    connect(port, "127.0.0.1")
      .once("close", () => resolve())
      .resume(),
  );
  watch.sample();
  server.close();
  expect(watch.end().seen).toContain("TCPCONNECTWRAP");
});

import type { Bridge } from "#contract/bridge.ts";
import type { Client } from "#contract/client.ts";
import { createLineClient } from "#contract/lineClient.ts";

/** The contract over Electron's IPC, by what the preload gave to the page. */
export function createIpcClient(bridge: Bridge): Client {
  const client = createLineClient((message) => {
    if (message.kind === "request") {
      bridge.methods[message.method as keyof Bridge["methods"]](message.id, message.request);
    } else if (message.kind === "cancel") bridge.cancel(message.id);
  });
  bridge.listen(client.receive);
  return client;
}

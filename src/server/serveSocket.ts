import type { WebSocket } from "ws";
import type { Backend } from "#contract/client.ts";
import { packMessage, unpacker } from "#contract/wireBytes.ts";
import { serveBackend } from "#host/serveBackend.ts";

/** Serves the backend over one socket until it closes. A frame that makes no sense ends the line. */
export function serveSocket(backend: Backend, socket: WebSocket): void {
  const line = serveBackend(backend, (message) => socket.send(packMessage(message).text));
  const take = unpacker((message) => line.receive(message));
  socket.on("message", (data: Buffer, isBinary) => {
    try {
      take(isBinary ? data : data.toString("utf8"));
    } catch {
      socket.close(1007);
    }
  });
  socket.on("error", () => socket.terminate());
  socket.on("close", () => line.close());
}

import type { Client, WireMessage } from "#contract/client.ts";
import { createLineClient } from "#contract/lineClient.ts";
import { packMessage, unpacker } from "#contract/wireBytes.ts";

const retryMilliseconds = 1000;

/**
 * The contract over the loopback server that served the page. The line opens at once, so that events
 * arrive; when it breaks, what is pending is rejected, and it is opened again by itself and by the next call.
 * @param address such as "ws://127.0.0.1:4711/line"
 */
export function createWebSocketClient(address: string): Client {
  let socket: WebSocket | null = null;
  let waiting: WireMessage[] = [];
  let closed = false;
  const client = createLineClient(send);

  function send(message: WireMessage): void {
    if (socket?.readyState === WebSocket.OPEN) post(socket, message);
    else {
      waiting.push(message);
      open();
    }
  }

  function open(): void {
    if (socket || closed) return;
    const opening = new WebSocket(address);
    opening.binaryType = "arraybuffer";
    const take = unpacker((message) => client.receive(message as WireMessage));
    opening.onmessage = ({ data }) => take(typeof data === "string" ? data : new Uint8Array(data));
    opening.onopen = () => {
      client.found();
      for (const message of waiting.splice(0)) post(opening, message);
    };
    opening.onclose = () => {
      socket = null;
      waiting = [];
      if (closed) return;
      client.lost();
      setTimeout(open, retryMilliseconds);
    };
    socket = opening;
  }

  open();
  return {
    ...client,
    close() {
      closed = true;
      socket?.close();
      client.close();
    },
  };
}

function post(socket: WebSocket, message: WireMessage): void {
  const { text, blobs } = packMessage(message);
  socket.send(text);
  for (const blob of blobs) socket.send(blob as Uint8Array<ArrayBuffer>);
}

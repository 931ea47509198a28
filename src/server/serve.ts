import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import type { Backend } from "#contract/client.ts";
import { NotegrainError } from "#contract/errors.ts";
import { type PageAnswer, pageFile, pageHeaders } from "#host/pageFiles.ts";
import { createAdmission, requestUrl } from "./admission.ts";
import { refusal } from "./refusal.ts";
import { serveSocket } from "./serveSocket.ts";

export type ServeOptions = {
  readonly backend: Backend;
  /** The folder of the built page. */
  readonly pageRoot: string;
  /** 0 lets the system choose. */
  readonly port?: number;
};

export type Served = {
  /** With the one-time token. */
  readonly url: string;
  close(): Promise<void>;
};

/** Bytes of one message; larger notes are refused by the page before they are sent. */
const maxFrameBytes = 80 * 1024 * 1024;

/**
 * Serves the app to one browser session over 127.0.0.1. The backend stays the caller's: closing the server
 * does not close it.
 * @throws NG-PORT where the port is taken
 */
export async function serve({ backend, pageRoot, port = 0 }: ServeOptions): Promise<Served> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => reject(new NotegrainError("NG-PORT", { port }, { cause })));
    server.listen(port, "127.0.0.1", resolve);
  });
  const actualPort = (server.address() as AddressInfo).port;
  const admission = createAdmission(actualPort);
  const host = `127.0.0.1:${actualPort}`;
  const connect = `'self' ws://${host}`;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes });

  async function answerTo(request: IncomingMessage): Promise<PageAnswer> {
    const admitted = admission.admit(request);
    if (!admitted) return refused(request);
    if (request.method !== "GET" && request.method !== "HEAD") {
      return { status: 405, headers: pageHeaders("", "'none'"), body: "" };
    }
    const { pathname } = requestUrl(request, host);
    const answer = await pageFile({ root: pageRoot, page: "web.html", connect }, pathname);
    if (admitted.cookie === null) return answer;
    return { ...answer, headers: { ...answer.headers, "set-cookie": admitted.cookie } };
  }

  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    answerTo(request).then(
      ({ status, headers, body }) => {
        response.writeHead(status, headers).end(request.method === "HEAD" ? undefined : body);
      },
      () => response.writeHead(400, pageHeaders("", "'none'")).end(),
    );
  });
  server.on("upgrade", (request, socket, head) => {
    // A browser always names its origin in this handshake, and no other client is meant to come.
    const admitted = request.headers.origin !== undefined && admission.admit(request);
    if (!admitted || request.url !== "/line") {
      socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (line) => serveSocket(backend, line));
  });

  return {
    url: `http://${host}/?token=${admission.token}`,
    async close() {
      for (const line of sockets.clients) line.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refused(request: IncomingMessage): PageAnswer {
  const headers = { ...pageHeaders("", "'none'"), "content-type": "text/html; charset=utf-8" };
  return { status: 403, headers, body: refusal(request) };
}

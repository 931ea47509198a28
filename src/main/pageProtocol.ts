import { pageAddress } from "#contract/channels.ts";
import { pageFile } from "#host/pageFiles.ts";

/** Answers to `app://notegrain/…` with the files of the built page, and to nothing else. */
export function pageProtocol(root: string): (request: Request) => Promise<Response> {
  return async ({ method, url }) => {
    const { host, pathname } = new URL(url);
    if (method !== "GET") return new Response(null, { status: 405 });
    if (host !== pageAddress.host) return new Response(null, { status: 404 });
    const answer = await pageFile({ root, page: "electron.html", connect: "'none'" }, pathname);
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  };
}

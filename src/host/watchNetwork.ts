import { createHook } from "node:async_hooks";
import { readdirSync, readlinkSync } from "node:fs";

/** Kinds of asynchronous resources that Node makes for a socket or a name look-up, by their names in async_hooks. */
const NETWORK_RESOURCES = new Set([
  "TCPWRAP",
  "TCPSERVERWRAP",
  "TCPCONNECTWRAP",
  "UDPWRAP",
  "UDPSENDWRAP",
  "TLSWRAP",
  "GETADDRINFOREQWRAP",
  "GETNAMEINFOREQWRAP",
  "QUERYWRAP",
  "HTTP2SESSION",
  "QUICSOCKET",
]);

export type NetworkWatch = {
  /** Looks at the process's open sockets now; call it while work goes on. */
  sample(): void;
  /** Ends the watch: what was seen (empty where nothing was), and whether the system's own list could be read. */
  end(): { readonly seen: readonly string[]; readonly systemSockets: boolean };
};

/**
 * Watches this process for network use on two levels: every socket and name look-up that goes through Node
 * (async_hooks), and, on Linux, every socket that the process holds whoever opened it, native code included
 * (/proc/self/fd). Sockets that were there before, such as the pipes of a parent process, do not count.
 */
export function watchNetwork(): NetworkWatch {
  const seen = new Set<string>();
  const hook = createHook({
    init(_id, type) {
      if (NETWORK_RESOURCES.has(type)) seen.add(type);
    },
  });
  const before = openSockets();
  hook.enable();
  const sample = (): void => {
    for (const socket of openSockets() ?? []) if (!before?.has(socket)) seen.add(socket);
  };
  return {
    sample,
    end() {
      sample();
      hook.disable();
      return { seen: [...seen], systemSockets: before !== null };
    },
  };
}

/** The sockets that the process holds, such as "socket:[4711]", or null where the system does not tell. */
function openSockets(): Set<string> | null {
  const folder = "/proc/self/fd";
  try {
    const links = readdirSync(folder).flatMap((descriptor) => {
      try {
        return readlinkSync(`${folder}/${descriptor}`);
      } catch {
        return []; // closed in between
      }
    });
    return new Set(links.filter((link) => link.startsWith("socket:")));
  } catch {
    return null;
  }
}

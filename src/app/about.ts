import type { AppContext, Handlers } from "./handlers.ts";

export function aboutHandlers({
  about,
  processors,
  shell,
}: AppContext): Pick<Handlers, "about.get" | "about.processors"> {
  return {
    "about.get": async () => ({ ...(await about()), shell: shell.kind }),
    "about.processors": () => processors(),
  };
}

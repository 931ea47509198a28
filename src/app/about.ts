import type { AppContext, Handlers } from "./handlers.ts";

export function aboutHandlers({ about, shell }: AppContext): Pick<Handlers, "about.get"> {
  return { "about.get": async () => ({ ...(await about()), shell: shell.kind }) };
}

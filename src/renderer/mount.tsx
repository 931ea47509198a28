import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import type { Client } from "#contract/client.ts";
import { App } from "./frame/App.tsx";

/** Puts the app on the page, with what the shell gave it of the backend. */
export function mount(client: Client): void {
  const root = document.getElementById("root");
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <App client={client} nonce={nonce} />
    </StrictMode>,
  );
}

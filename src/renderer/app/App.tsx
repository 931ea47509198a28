import type { Client } from "#contract/client.ts";

/** The whole app. `nonce` lets Mantine add its style element under the strict CSP. */
export function App({ nonce }: { readonly client: Client; readonly nonce: string }) {
  return <main data-nonce={nonce !== ""}>Notegrain</main>;
}

import { createWebSocketClient } from "./client/webSocketClient.ts";
import { mount } from "./mount.tsx";

// The token of the first visit has become a cookie: it need not stay in the address bar or the history.
history.replaceState(null, "", `${location.pathname}${location.hash}`);
mount(createWebSocketClient(`ws://${location.host}/line`));

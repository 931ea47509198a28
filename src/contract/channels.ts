/** The two channels between preload and main; everything else stands in the messages. */
export const channels = { toBackend: "notegrain:toBackend", toPage: "notegrain:toPage" } as const;

/** Which address the page of the Electron shell has. */
export const pageAddress = { scheme: "app", host: "notegrain", url: "app://notegrain/" } as const;

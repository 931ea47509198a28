import type { IpcMain, IpcMainEvent, WebContents } from "electron";
import { pageAddress } from "#contract/channels.ts";

const prefix = "notegrain:";

/** The only way from a page into the main process. */
export type ValidatedIpcMain = {
  /** @throws Error where the channel is not one of ours; a mistake of the program, not of the page */
  on(channel: string, listener: (sender: WebContents, message: unknown) => void): () => void;
};

/**
 * Lets a message through only when it comes from the top frame of our own page. The idea is VS Code's
 * `validatedIpcMain`; what the message says is parsed by schema behind it.
 */
export function validatedIpcMain(ipcMain: Pick<IpcMain, "on" | "off">): ValidatedIpcMain {
  return {
    on(channel, listener) {
      if (!channel.startsWith(prefix))
        throw new Error(`The channel ${channel} does not begin with ${prefix}`);
      const checked = (event: IpcMainEvent, message: unknown): void => {
        if (isOwnPage(event)) listener(event.sender, message);
      };
      ipcMain.on(channel, checked);
      return () => ipcMain.off(channel, checked);
    },
  };
}

function isOwnPage({ senderFrame }: Pick<IpcMainEvent, "senderFrame">): boolean {
  // Null once the frame has gone or navigated away.
  if (senderFrame === null || senderFrame.parent !== null || !URL.canParse(senderFrame.url)) return false;
  const { protocol, host } = new URL(senderFrame.url);
  return protocol === `${pageAddress.scheme}:` && host === pageAddress.host;
}

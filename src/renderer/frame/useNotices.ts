import { notifications } from "@mantine/notifications";
import { useMemo } from "react";
import type { PlainError } from "#core/errors.ts";
import { useText } from "./useText.ts";

/** Short notices at the edge of the window; screen readers hear them. */
export type Notices = {
  /** Something was done: one sentence, gone after a while. */
  show(message: string): void;
  /** What happened and what to do; stays until it is closed. */
  showError(error: PlainError): void;
};

/** How a screen tells the user something that is not part of the page. */
export function useNotices(): Notices {
  const { t, explain } = useText();
  return useMemo(() => {
    const closeButtonProps = { "aria-label": t("close") };
    return {
      show(message) {
        notifications.show({ message, role: "status", autoClose: 5000, closeButtonProps });
      },
      showError(error) {
        const { what, next } = explain(error);
        // The same error twice is one notice: its id is what it says.
        notifications.show({
          id: `error ${what}`,
          title: what,
          message: next,
          color: "red",
          autoClose: false,
          closeButtonProps,
        });
      },
    };
  }, [t, explain]);
}

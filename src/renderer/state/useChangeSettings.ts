import { useCallback } from "react";
import type { Settings } from "#contract/records.ts";
import { toPlainError } from "#core/errors.ts";
import { useNotices } from "../frame/useNotices.ts";
import { useSettings } from "./settings.tsx";

/** Changes settings; where that fails the user reads why, and sees the old value again. */
export function useChangeSettings(): (patch: Partial<Settings>) => void {
  const { change } = useSettings();
  const { showError } = useNotices();
  return useCallback(
    (patch) => {
      change(patch).catch((thrown: unknown) => showError(toPlainError(thrown)));
    },
    [change, showError],
  );
}

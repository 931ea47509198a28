import { useCallback } from "react";
import type { AnswerOf, Method, RequestOf } from "#contract/methods.ts";
import { toPlainError } from "#core/errors.ts";
import { useNotices } from "../frame/useNotices.ts";
import { useClient } from "./client.tsx";

/** Asks the backend to do something. */
export type Call = <M extends Method>(method: M, request: RequestOf<M>) => Promise<AnswerOf<M> | undefined>;

/** A call whose failure the user reads as a notice, in their language; it then resolves with undefined. */
export function useCall(): Call {
  const client = useClient();
  const { showError } = useNotices();
  return useCallback(
    async (method, request) => {
      try {
        return await client.call(method, request);
      } catch (thrown) {
        const error = toPlainError(thrown);
        if (error.code !== "NG-CANCELLED") showError(error);
        return undefined;
      }
    },
    [client, showError],
  );
}

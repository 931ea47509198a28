import type { EventName, Events } from "./events.ts";
import type { AnswerOf, Method, RequestOf } from "./methods.ts";
import type { Result } from "./result.ts";

/**
 * What the renderer holds of the backend, whatever lies between them: IPC, a WebSocket, or nothing.
 * One contract test suite (test/contract) runs over every implementation.
 */
export type Client = {
  /**
   * @throws NotegrainError — the backend's own error, NG-BACKEND-LOST when it died, NG-CANCELLED when `signal` fired.
   */
  call<M extends Method>(
    method: M,
    request: RequestOf<M>,
    options?: { signal?: AbortSignalLike },
  ): Promise<AnswerOf<M>>;
  /** Listens until the returned function is called. */
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void;
  /** Rejects everything pending and lets go of the line. */
  close(): void;
};

/** The part of an AbortSignal that a client needs; this room knows no DOM. */
export type AbortSignalLike = {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
};

/** The backend's side of the contract: `handle` never throws, it answers with a Result. */
export type Backend = {
  handle(method: string, request: unknown, signal?: AbortSignalLike): Promise<Result<unknown>>;
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void;
  close(): Promise<void>;
};

/** What crosses a line, either way; ids are unique on their line. */
export type WireMessage =
  | { readonly kind: "request"; readonly id: number; readonly method: string; readonly request: unknown }
  | { readonly kind: "cancel"; readonly id: number }
  | { readonly kind: "answer"; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: "event"; readonly name: EventName; readonly payload: unknown };

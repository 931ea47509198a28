// The rooms around the backend speak of errors through the contract, not through core.
export {
  describeError,
  type ErrorCode,
  exitCode,
  fromPlainError,
  NotegrainError,
  type PlainError,
  toPlainError,
} from "#core/errors.ts";

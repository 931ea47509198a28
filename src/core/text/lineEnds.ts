/**
 * A run of line ends: every character at which some reader of lines would break, "\n" being only the usual one.
 * Formats that hold one record a line must not contain any of them.
 */
export const LINE_ENDS = /[\n\v\f\r\u0085\u2028\u2029]+/;

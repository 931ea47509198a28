import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "#core/document/noteDocument.ts";
import { describeError, type PlainError } from "#core/errors.ts";
import * as format from "./format.ts";

/** Words and figures in the user's language. */
export type TextHandle = {
  /** `t("cases:noMatch")`, `t("cases:found", { count, n })`. Keys without an area are of `app.json`. */
  readonly t: TFunction;
  readonly language: Language;
  number(value: number): string;
  /** A share, 0 to 1, as whole per cent. */
  percent(share: number): string;
  /** Short, for lists: the time today, else the day. */
  date(iso: string): string;
  /** Day and time in full. */
  moment(iso: string): string;
  seconds(seconds: number): string;
  bytes(bytes: number): string;
  typeLabel(name: string): string;
  /** What happened and what to do next. */
  explain(error: PlainError): { readonly what: string; readonly next: string };
};

/** Everything that turns data into words. */
export function useText(): TextHandle {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === "zh" ? "zh" : "en";
  return useMemo(() => {
    const number = new Intl.NumberFormat(language);
    const percent = new Intl.NumberFormat(language, { style: "percent" });
    return {
      t,
      language,
      number: (value) => number.format(value),
      percent: (share) => percent.format(share),
      date: (iso) => format.formatDate(iso, language, new Date()),
      moment: (iso) => format.formatMoment(iso, language),
      seconds: (seconds) => format.formatSeconds(seconds, language),
      bytes: (bytes) => format.formatBytes(bytes, language),
      typeLabel: (name) => format.typeLabel(name, language),
      explain: (error) => describeError(error, language),
    };
  }, [t, language]);
}

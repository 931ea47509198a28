import type { ExamplesUsed } from "#contract/examples.ts";
import { useText } from "../frame/useText.ts";
import classes from "./examples.module.css";

/** How many examples a note was not shown, in a few words; nothing where none was left out. */
export function LeftOut({ shown }: { readonly shown: ExamplesUsed }) {
  const { t, number } = useText();
  const { leftOut, nearDuplicates, unread } = shown;
  const parts = [
    ...(leftOut > 0 ? [t("examples:leftOut", { n: number(leftOut) })] : []),
    ...(nearDuplicates > 0 ? [t("examples:nearDuplicates", { n: number(nearDuplicates) })] : []),
    ...(unread > 0 ? [t("examples:unreadShort", { n: number(unread) })] : []),
  ];
  if (parts.length === 0) return null;
  return (
    <span className={classes.leftOut} data-left-out>
      {parts.join(" · ")}
    </span>
  );
}

/** By what rule they were left out, and what set the limit. */
export function LeftOutRule({ shown }: { readonly shown: ExamplesUsed }) {
  const { t, number } = useText();
  const { shortened, budgetTokens, askedTokens } = shown;
  if (shortened === 0) return null;
  const [room, asked] = [number(budgetTokens), number(askedTokens)];
  return (
    <p className={classes.facts}>
      {t("examples:leftOutRule")}{" "}
      {budgetTokens < askedTokens
        ? t("examples:roomOfContext", { n: room, asked })
        : t("examples:roomOfSetting", { n: room })}
    </p>
  );
}

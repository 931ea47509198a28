import type { Unread } from "#core/entity/readFor.ts";
import { useText } from "../frame/useText.ts";
import classes from "./examples.module.css";

/** That examples of the bank were not read for all wanted types; nothing where all were. */
export function UnreadExamples(props: { readonly unread: Unread }) {
  const { t, number, typeLabel } = useText();
  const { examples, types } = props.unread;
  if (examples === 0) return null;
  return (
    <p className={classes.facts} data-unread>
      {t("examples:unread", { n: number(examples), types: types.map(typeLabel).join(", ") })}
    </p>
  );
}

import { Collapse, UnstyledButton } from "@mantine/core";
import { IconChevronRight, IconRefresh } from "@tabler/icons-react";
import { useId, useState } from "react";
import type { StoredExample } from "#contract/examples.ts";
import { IconAction } from "../frame/IconAction.tsx";
import { useText } from "../frame/useText.ts";
import { useAnswer } from "../state/useAnswer.ts";
import { useCall } from "../state/useCall.ts";
import { EditExample } from "./EditExample.tsx";
import { ExampleRow } from "./ExampleRow.tsx";
import classes from "./examples.module.css";
import { LeftOut, LeftOutRule } from "./LeftOut.tsx";
import { UnreadExamples } from "./UnreadExamples.tsx";

/** Which examples a note was read with, how alike they were, and the way to read it again without one. */
export function UsedExamples(props: { readonly documentId: string }) {
  const { t, number, percent, typeLabel } = useText();
  const call = useCall();
  const { documentId } = props;
  const [opened, setOpened] = useState(false);
  const [editing, setEditing] = useState<StoredExample | null>(null);
  const listId = useId();
  const shown = useAnswer("examples.used", { documentId }, { refreshOn: ["examples", "document"] }).value;
  if (!shown) return null;
  const { used, missingTypes, unread, unreadTypes } = shown;

  return (
    <section className={classes.used} aria-label={t("examples:used")} data-used-examples>
      <div className={classes.usedHead}>
        <UnstyledButton
          className={classes.toggle}
          aria-expanded={opened}
          aria-controls={listId}
          onClick={() => setOpened(!opened)}
        >
          <IconChevronRight size={14} className={classes.chevron} aria-hidden />
          {t("examples:usedCount", { n: number(used.length) })}
        </UnstyledButton>
        <LeftOut shown={shown} />
      </div>
      <Collapse expanded={opened} id={listId} className={classes.usedList}>
        <LeftOutRule shown={shown} />
        {missingTypes.length > 0 && (
          <p className={classes.facts}>
            {t("examples:missing", { types: missingTypes.map(typeLabel).join(", ") })}
          </p>
        )}
        <UnreadExamples unread={{ examples: unread, types: unreadTypes }} />
        <ul className={classes.list}>
          {used.map(({ id, example, similarity }) =>
            example === null ? (
              <li key={id} className={classes.row}>
                {t("examples:gone")}
              </li>
            ) : (
              <ExampleRow
                key={id}
                example={example}
                onEdit={setEditing}
                note={
                  similarity !== null && <span>{t("examples:alike", { share: percent(similarity) })}</span>
                }
              >
                <IconAction
                  size={28}
                  label={t("examples:without")}
                  onClick={() => void call("examples.rerun", { documentId, without: [id] })}
                >
                  <IconRefresh size={16} />
                </IconAction>
              </ExampleRow>
            ),
          )}
        </ul>
      </Collapse>
      {editing !== null && <EditExample example={editing} onClose={() => setEditing(null)} />}
    </section>
  );
}

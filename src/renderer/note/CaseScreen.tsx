import "./familyColours.css";
import { Center, Loader, Tabs, Text } from "@mantine/core";
import { useState } from "react";
import { useKeys } from "../frame/keys/useKeys.ts";
import { useText } from "../frame/useText.ts";
import { useAnswer } from "../state/useAnswer.ts";
import classes from "./CaseScreen.module.css";
import { keys } from "./keys.ts";
import { ReadingDesk } from "./ReadingDesk.tsx";

/** A case on the reading desk: its notes as tabs where it has several, and the one that is open. */
export function CaseScreen(props: { readonly caseId: string }) {
  const { t, explain } = useText();
  const answer = useAnswer("cases.get", { caseId: props.caseId }, { refreshOn: ["cases"] });
  const [chosen, setChosen] = useState<string | null>(null);
  const documents = answer.value?.documents ?? [];
  const at = Math.max(
    0,
    documents.findIndex((document) => document.id === chosen),
  );
  const open = documents[at];
  const step = (by: number) => setChosen(documents[at + by]?.id ?? open?.id ?? null);

  useKeys(keys, {
    "note.nextDocument": documents.length > 1 ? () => step(1) : undefined,
    "note.previousDocument": documents.length > 1 ? () => step(-1) : undefined,
  });

  if (open === undefined) {
    return (
      <Center h="100%">
        {answer.error ? (
          <Text>{explain(answer.error).what}</Text>
        ) : answer.loading ? (
          <Loader size="sm" />
        ) : (
          t("note:noCase")
        )}
      </Center>
    );
  }
  if (documents.length === 1) {
    return (
      <div className={classes.screen}>
        <ReadingDesk key={open.id} documentId={open.id} />
      </div>
    );
  }
  return (
    <Tabs value={open.id} onChange={setChosen} className={classes.screen}>
      <Tabs.List className={classes.tabs} aria-label={t("note:documents")}>
        {documents.map((document) => (
          <Tabs.Tab key={document.id} value={document.id}>
            {document.name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {documents.map((document) => (
        <Tabs.Panel key={document.id} value={document.id} className={classes.panel}>
          {document.id === open.id && <ReadingDesk documentId={document.id} />}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

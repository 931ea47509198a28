import { Alert, Button, Group, Progress, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import type { IndexingState, VectorsState } from "#contract/examples.ts";
import { useText } from "../frame/useText.ts";
import { useEvent } from "../state/client.tsx";
import { useCall } from "../state/useCall.ts";
import classes from "./examples.module.css";

/** That examples cannot be compared by meaning yet, why, and the way to see to it; nothing where they can. */
export function VectorsNotice({ vectors }: { readonly vectors: VectorsState }) {
  const { t, number, explain } = useText();
  const call = useCall();
  const [heard, setHeard] = useState<IndexingState | null>(null);
  const [busy, setBusy] = useState(false);
  useEvent("examples", ({ indexing }) => setHeard(indexing));

  if (vectors.error !== null) {
    return (
      <Alert mb="md" variant="default" icon={<IconAlertTriangle />} title={explain(vectors.error).what}>
        {explain(vectors.error).next}
      </Alert>
    );
  }
  const { dimension, otherDimension, missing } = vectors;
  const begun = busy ? { done: 0, total: missing } : null;
  const indexing = heard ?? vectors.indexing ?? begun;
  if (indexing !== null && indexing.done < indexing.total) {
    return (
      <div role="status" className={classes.indexing}>
        {t("examples:indexing", { done: number(indexing.done), n: number(indexing.total) })}
        <Progress
          value={(100 * indexing.done) / indexing.total}
          size="sm"
          aria-label={t("examples:indexingLabel")}
        />
      </div>
    );
  }
  if (missing === 0) return null;

  async function index(): Promise<void> {
    setBusy(true);
    await call("examples.index", {});
    setBusy(false);
  }
  const offer = (
    <Button size="xs" variant="default" onClick={index}>
      {t("examples:index")}
    </Button>
  );
  return otherDimension === null ? (
    <Group mb="md" gap="sm" data-vectors="missing">
      <Text size="sm">{t("examples:vectorsMissing", { n: number(missing) })}</Text>
      {offer}
    </Group>
  ) : (
    <Alert
      mb="md"
      variant="default"
      icon={<IconAlertTriangle />}
      title={t("examples:vectorsOther")}
      data-vectors="other"
    >
      <Text size="sm" mb="xs">
        {t("examples:vectorsOtherText", { stored: number(otherDimension), dimension: number(dimension) })}
      </Text>
      {offer}
    </Alert>
  );
}

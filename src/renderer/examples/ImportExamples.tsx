import { Button, Group } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useRef, useState } from "react";
import type { ExamplesImport } from "#contract/examples.ts";
import { useText } from "../frame/useText.ts";
import { useCall } from "../state/useCall.ts";
import { ImportedExamples } from "./ImportedExamples.tsx";

/** Brings examples into the bank, from files or from reviewed notes, and tells what came of it. */
export function ImportExamples() {
  const { t } = useText();
  const call = useCall();
  const [report, setReport] = useState<ExamplesImport | null>(null);
  const input = useRef<HTMLInputElement>(null);

  async function take(files: FileList | null): Promise<void> {
    const given = await Promise.all(
      [...(files ?? [])].map(async (file) => ({
        name: file.name,
        bytes: new Uint8Array(await file.arrayBuffer()),
      })),
    );
    if (input.current) input.current.value = "";
    if (given.length > 0) setReport((await call("examples.import", { files: given })) ?? null);
  }

  return (
    <>
      <Group gap="xs" mb="md">
        <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => input.current?.click()}>
          {t("examples:import")}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={async () => setReport((await call("examples.importReviewed", {})) ?? null)}
        >
          {t("examples:importReviewed")}
        </Button>
        <input
          ref={input}
          hidden
          type="file"
          multiple
          accept=".ann,.txt,.iob,.iob2,.bio,.conll,.tsv,.json"
          data-import="examples"
          onChange={(event) => void take(event.currentTarget.files)}
        />
      </Group>
      {report !== null && <ImportedExamples report={report} onClose={() => setReport(null)} />}
    </>
  );
}

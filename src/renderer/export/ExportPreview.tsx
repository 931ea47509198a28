import { Loader, Select } from "@mantine/core";
import { IconGripVertical } from "@tabler/icons-react";
import { useState } from "react";
import type { ExportFile } from "#contract/records.ts";
import { useText } from "../frame/useText.ts";
import classes from "./export.module.css";

/** UTF-16 units that a preview shows: enough to judge, little enough to stay quick. */
const PREVIEW_UNITS = 20_000;

/** The files as they would be saved. */
export function ExportPreview(props: {
  readonly files: readonly ExportFile[] | null;
  /** Begins a drag of the files out of the window, where the shell can do that. */
  readonly onDrag: (() => void) | undefined;
}) {
  const { t, bytes } = useText();
  const [chosen, setChosen] = useState<string | null>(null);
  const { files } = props;
  const file = files?.find((one) => one.name === chosen) ?? files?.[0];
  if (file === undefined || files === null) {
    return (
      <div className={classes.preview} data-empty>
        {files === null ? <Loader size="sm" aria-label={t("export:preparing")} /> : t("export:empty")}
      </div>
    );
  }
  const cut = file.content.length > PREVIEW_UNITS;
  return (
    <div>
      {files.length > 1 ? (
        <Select
          size="xs"
          mb={6}
          aria-label={t("export:file")}
          value={file.name}
          onChange={setChosen}
          data={files.map((one) => one.name)}
          searchable
        />
      ) : (
        <div className={classes.fileName}>{file.name}</div>
      )}
      {props.onDrag && (
        // biome-ignore lint/a11y/noStaticElementInteractions: dragging is for the pointer; Save does the same by keyboard
        <div
          className={classes.drag}
          draggable
          onDragStart={(event) => {
            event.preventDefault();
            props.onDrag?.();
          }}
        >
          <IconGripVertical size={14} aria-hidden /> {t("export:drag")}
        </div>
      )}
      <section
        className={classes.preview}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={t("export:previewOf", { name: file.name })}
      >
        <pre className={classes.content}>{cut ? file.content.slice(0, PREVIEW_UNITS) : file.content}</pre>
      </section>
      {cut && (
        <div className={classes.fileName}>
          {t("export:cut", { size: bytes(new TextEncoder().encode(file.content).length) })}
        </div>
      )}
    </div>
  );
}

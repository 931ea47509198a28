import { IconFileDownload } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useText } from "../frame/useText.ts";
import classes from "./DropZone.module.css";
import { createDragWatch } from "./dragWatch.ts";
import { useImport } from "./ImportProvider.tsx";
import { type Dropped, type DroppedEntry, walkEntries } from "./walkEntries.ts";

/** Takes files and folders dropped anywhere in the window, and notes pasted outside of a field. */
export function DropZone() {
  const { t } = useText();
  const { importDropped, importText } = useImport();
  const [over, setOver] = useState(false);
  const [watch] = useState(() => createDragWatch(setOver));

  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    function onEnter(event: DragEvent): void {
      if (!hasFiles(event)) return;
      // A drop right after an element was redrawn under the drag follows this event, not a dragover: unless it
      // is accepted here too, the files are lost.
      event.preventDefault();
      watch.enter(event.target);
    }
    const onLeave = (event: DragEvent) => watch.leave(event.target);
    // While something is dragged there are no moves of the pointer: one more sign that the drag is over.
    const onPointerMove = () => watch.end();
    function onOver(event: DragEvent): void {
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    }
    function onDrop(event: DragEvent): void {
      watch.end();
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      void importDropped(droppedOf(event.dataTransfer));
    }
    function onPaste(event: ClipboardEvent): void {
      const target = event.target;
      if (
        target instanceof Element &&
        target.closest("input, textarea, [contenteditable=true], [role=dialog]")
      )
        return;
      const data = event.clipboardData;
      if (data === null) return;
      if (data.files.length > 0) void importDropped(droppedOf(data));
      else if (data.getData("text/plain").trim() !== "") void importText(data.getData("text/plain"));
      else return;
      event.preventDefault();
    }
    window.addEventListener("dragenter", onEnter);
    window.addEventListener("dragleave", onLeave);
    window.addEventListener("dragover", onOver);
    window.addEventListener("drop", onDrop);
    window.addEventListener("pointermove", onPointerMove);
    window.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("dragenter", onEnter);
      window.removeEventListener("dragleave", onLeave);
      window.removeEventListener("dragover", onOver);
      window.removeEventListener("drop", onDrop);
      window.removeEventListener("pointermove", onPointerMove);
      window.removeEventListener("paste", onPaste);
    };
  }, [importDropped, importText, watch]);

  if (!over) return null;
  return (
    <div className={classes.overlay} role="status">
      <div className={classes.sheet}>
        <IconFileDownload size={40} stroke={1.4} aria-hidden />
        <span className={classes.title}>{t("import:drop")}</span>
        <span className={classes.text}>{t("import:dropText")}</span>
      </div>
    </div>
  );
}

/** What was dropped. Entries must be taken from the event at once: it is emptied when its handler returns. */
function droppedOf(data: DataTransfer): AsyncGenerator<Dropped> {
  const entries: DroppedEntry[] = [];
  const files: File[] = [];
  for (const item of data.items) {
    if (item.kind !== "file") continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry !== null) entries.push(entry as DroppedEntry);
    else if (file !== null) files.push(file);
  }
  return all();
  async function* all(): AsyncGenerator<Dropped> {
    yield* walkEntries(entries);
    for (const file of files) yield { file };
  }
}

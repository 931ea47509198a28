import { Button, Progress } from "@mantine/core";
import type { DocumentView } from "#contract/records.ts";
import { useText } from "../frame/useText.ts";
import { useQueue } from "../state/queue.tsx";
import { useCall } from "../state/useCall.ts";
import classes from "./ReadingDesk.module.css";

/** How far the model is with this note: a thin bar while it reads, and what to do where it has not read it. */
export function ReadingStatus(props: { readonly view: DocumentView; readonly progress: number | null }) {
  const { t, percent, seconds, explain } = useText();
  const call = useCall();
  const queue = useQueue();
  const { view } = props;
  const item = queue.items.find((one) => one.documentId === view.id);
  const read = () => void call("queue.start", { documentIds: [view.id] });

  if (view.status === "running") {
    const share = Math.max(props.progress ?? 0, item?.progress ?? 0);
    const left = item?.secondsLeft ?? null;
    return (
      <div className={classes.reading}>
        <Progress value={share * 100} size={3} radius={0} aria-label={t("note:reading")} />
        <div className={classes.notice} role="status">
          <span>
            {left === null
              ? t("note:readingShare", { percent: percent(share) })
              : t("note:readingLeft", { percent: percent(share), left: seconds(left) })}
          </span>
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => void call("queue.cancel", { documentIds: [view.id] })}
          >
            {t("note:stop")}
          </Button>
        </div>
      </div>
    );
  }
  if (view.status === "done" || view.status === "reviewed") return null;
  const problem = view.error && explain(view.error);
  const words = {
    none: "note:notRead",
    queued: "note:queued",
    failed: "note:failed",
    cancelled: "note:cancelled",
  };
  return (
    <div className={classes.notice} data-status={view.status} role="status">
      <span>{problem ? `${problem.what} ${problem.next}` : t(words[view.status])}</span>
      {view.status !== "queued" && (
        <Button size="compact-sm" variant={view.status === "none" ? "filled" : "light"} onClick={read}>
          {t(view.status === "none" ? "note:read" : "note:retry")}
        </Button>
      )}
    </div>
  );
}

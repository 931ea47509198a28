import { ActionIcon, Anchor, Progress } from "@mantine/core";
import { IconRefresh, IconX } from "@tabler/icons-react";
import type { QueueItem } from "#contract/records.ts";
import { CaseStatus } from "../cases/CaseStatus.tsx";
import { routeToHash } from "../frame/route.tsx";
import { useText } from "../frame/useText.ts";
import { useCall } from "../state/useCall.ts";
import classes from "./QueueScreen.module.css";

/** One note of the queue: its state, how far it is, and the one thing that can be done about it. */
export function QueueLine(props: { readonly item: QueueItem; readonly paused: boolean }) {
  const { item } = props;
  const { t, percent, seconds, explain } = useText();
  const call = useCall();
  const open = item.state === "queued" || item.state === "running";

  function words(): string {
    if (item.error !== null) {
      const { what, next } = explain(item.error);
      return `${what} ${next}`;
    }
    if (item.state !== "running") return t(`queue:state.${item.state}`);
    if (props.paused) return t("queue:paused");
    const share = t("queue:read", { share: percent(item.progress) });
    return item.secondsLeft === null
      ? share
      : `${share} · ${t("queue:left", { time: seconds(Math.ceil(item.secondsLeft)) })}`;
  }

  return (
    <div className={classes.line} data-queue-document={item.documentId} data-state={item.state}>
      <CaseStatus status={item.state} />
      <div>
        <div className={classes.name}>
          <Anchor href={routeToHash({ screen: "case", caseId: item.caseId })} c="inherit">
            {item.name}
          </Anchor>
        </div>
        <div className={classes.state}>{words()}</div>
        {item.state === "running" && (
          <Progress
            className={classes.bar}
            size={3}
            value={item.progress * 100}
            aria-label={t("queue:progressOf", { name: item.name })}
          />
        )}
      </div>
      {open ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("queue:cancel", { name: item.name })}
          title={t("queue:cancel", { name: item.name })}
          onClick={() => call("queue.cancel", { documentIds: [item.documentId] })}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      ) : item.state === "done" ? null : (
        <ActionIcon
          variant="subtle"
          aria-label={t("queue:retry", { name: item.name })}
          title={t("queue:retry", { name: item.name })}
          onClick={() => call("queue.retry", { documentId: item.documentId })}
        >
          <IconRefresh size={16} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}

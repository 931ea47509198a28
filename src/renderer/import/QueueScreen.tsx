import { Anchor, Button, Group, Progress, Text, Title } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconX } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useState } from "react";
import { Screen } from "../frame/Screen.tsx";
import { useText } from "../frame/useText.ts";
import { useQueue } from "../state/queue.tsx";
import { useCall } from "../state/useCall.ts";
import { useImport } from "./ImportProvider.tsx";
import { QueueLine } from "./QueueLine.tsx";
import classes from "./QueueScreen.module.css";
import { queueFigures, sortQueue } from "./queueFigures.ts";

/** What the model reads now, what waits, how long it takes; pause, stop, try again. */
export function QueueScreen() {
  const { t, number, seconds } = useText();
  const queue = useQueue();
  const call = useCall();
  const { importExample } = useImport();
  const figures = queueFigures(queue);
  const openIds = queue.items
    .filter((item) => item.state === "queued" || item.state === "running")
    .map((item) => item.documentId);

  return (
    <Screen title={t("queue:title")}>
      {figures.total === 0 ? (
        <div className={classes.empty}>
          <Text fw={600}>{t("queue:empty.title")}</Text>
          <Text c="dimmed">{t("queue:empty.text")}</Text>
          <Button variant="default" mt="sm" onClick={() => void importExample()}>
            {t("cases:welcome.example")}
          </Button>
        </div>
      ) : (
        <>
          <section className={classes.summary} aria-label={t("queue:summary")}>
            <Group justify="space-between" align="baseline">
              <Title order={2} size="h4">
                {t("queue:figures", { finished: number(figures.finished), n: number(figures.total) })}
                {figures.failed > 0 &&
                  ` · ${t("queue:failed", { count: figures.failed, n: number(figures.failed) })}`}
              </Title>
              <Text c="dimmed" role="status">
                {queue.paused
                  ? t("queue:paused")
                  : figures.open === 0
                    ? t("queue:allDone")
                    : queue.secondsLeft === null
                      ? t("queue:estimating")
                      : t("queue:left", { time: seconds(Math.ceil(queue.secondsLeft)) })}
              </Text>
            </Group>
            <Progress
              value={figures.progress * 100}
              my="sm"
              size="sm"
              color={queue.paused ? "gray.6" : undefined}
              aria-label={t("queue:progress")}
            />
            <Group gap="xs">
              {queue.paused ? (
                <Button
                  size="xs"
                  leftSection={<IconPlayerPlay size={14} />}
                  onClick={() => call("queue.resume", {})}
                >
                  {t("queue:resume")}
                </Button>
              ) : (
                <Button
                  size="xs"
                  variant="default"
                  disabled={figures.open === 0}
                  leftSection={<IconPlayerPause size={14} />}
                  onClick={() => call("queue.pause", {})}
                >
                  {t("queue:pause")}
                </Button>
              )}
              <Button
                size="xs"
                variant="default"
                disabled={figures.open === 0}
                leftSection={<IconX size={14} />}
                onClick={() => call("queue.cancel", { documentIds: openIds })}
              >
                {t("queue:cancelAll")}
              </Button>
              {figures.finished > 0 && (
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  ms="auto"
                  onClick={() => call("queue.clearFinished", {})}
                >
                  {t("queue:clear")}
                </Anchor>
              )}
            </Group>
          </section>
          <Lines />
        </>
      )}
    </Screen>
  );
}

function Lines() {
  const queue = useQueue();
  const { t } = useText();
  const items = useMemo(() => sortQueue(queue.items), [queue.items]);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller,
    estimateSize: () => 58,
    overscan: 6,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse
    <section className={classes.scroller} ref={setScroller} tabIndex={0} aria-label={t("queue:list")}>
      <ul className={classes.canvas} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((place) => {
          const item = items[place.index];
          if (item === undefined) return null;
          return (
            <li
              key={item.documentId}
              ref={virtual.measureElement}
              data-index={place.index}
              className={classes.place}
              aria-setsize={items.length}
              aria-posinset={place.index + 1}
              style={{ transform: `translateY(${place.start}px)` }}
            >
              <QueueLine item={item} paused={queue.paused} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

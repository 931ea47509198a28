import { Anchor, Button, Group, Loader, Modal, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCopy, IconMinus } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useState } from "react";
import type { ImportFate } from "#contract/records.ts";
import { useRoute } from "../frame/route.tsx";
import { useText } from "../frame/useText.ts";
import { countFates, sortFates } from "./fates.ts";
import classes from "./ImportReport.module.css";

const icons = { added: IconCircleCheck, duplicate: IconCopy, skipped: IconMinus, failed: IconAlertTriangle };

/** What became of each file of an import: taken in, here before, left out and why, failed and what to do. */
export function ImportReport(props: {
  readonly fates: readonly ImportFate[];
  readonly running: boolean;
  readonly opened: boolean;
  onClose(): void;
}) {
  const { t, number } = useText();
  const counts = countFates(props.fates);
  const sorted = useMemo(() => sortFates(props.fates), [props.fates]);
  const parts = (["added", "duplicate", "skipped", "failed"] as const).filter(
    (outcome) => counts[outcome] > 0,
  );
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      size="lg"
      title={props.running ? t("import:running") : t("import:done")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Group gap="sm" mb="sm" role="status">
        {props.running && <Loader size="xs" aria-hidden />}
        {parts.map((outcome) => (
          <Text key={outcome} className={classes.count} data-outcome={outcome}>
            {t(`import:counts.${outcome}`, { count: counts[outcome], n: number(counts[outcome]) })}
          </Text>
        ))}
      </Group>
      <Fates fates={sorted} onClose={props.onClose} />
      <Group justify="flex-end" mt="md">
        <Button onClick={props.onClose} data-autofocus>
          {props.running ? t("import:goOn") : t("close")}
        </Button>
      </Group>
    </Modal>
  );
}

function Fates(props: { readonly fates: readonly ImportFate[]; onClose(): void }) {
  const { t, explain } = useText();
  const { go } = useRoute();
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const virtual = useVirtualizer({
    count: props.fates.length,
    getScrollElement: () => scroller,
    estimateSize: () => 48,
    overscan: 6,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse
    <section className={classes.scroller} ref={setScroller} tabIndex={0} aria-label={t("import:files")}>
      <ul className={classes.canvas} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const fate = props.fates[item.index];
          if (fate === undefined) return null;
          const Icon = icons[fate.outcome];
          const words = fate.error === null ? null : explain(fate.error);
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              className={classes.fate}
              data-index={item.index}
              data-outcome={fate.outcome}
              aria-setsize={props.fates.length}
              aria-posinset={item.index + 1}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <Icon size={18} stroke={1.8} aria-hidden className={classes.icon} />
              <span className={classes.words}>
                <span className={classes.name}>{fate.name}</span>
                <span className={classes.why}>
                  {words
                    ? `${words.what} ${words.next}`
                    : fate.knownAs === undefined
                      ? t(`import:outcome.${fate.outcome}`)
                      : t("import:knownAs", { other: fate.knownAs })}
                </span>
              </span>
              {fate.caseId !== null && (
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  aria-label={t("import:openNamed", { name: fate.name })}
                  onClick={() => {
                    props.onClose();
                    if (fate.caseId !== null) go({ screen: "case", caseId: fate.caseId });
                  }}
                >
                  {t("import:open")}
                </Anchor>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

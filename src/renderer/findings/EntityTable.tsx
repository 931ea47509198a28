import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useMemo, useRef, useState } from "react";
import { type Entity, isDropped } from "#core/entity/entity.ts";
import { type TextHandle, useText } from "../frame/useText.ts";
import { assertionWords } from "../note/assertionWords.ts";
import { Dot } from "../note/Swatch.tsx";
import classes from "./findings.module.css";
import { nextSorting, type Sorting, type SortKey, sortEntities } from "./sortEntities.ts";

const usual: readonly SortKey[] = ["text", "type", "confidence", "section", "status"];
/** With a column for the verdicts of a selector, where there are any. */
const judged = usual.flatMap((key): SortKey[] => (key === "confidence" ? [key, "selector"] : [key]));
const ROW_HEIGHT = 30;
/** For a narrow pane; the words are there for the pointer and for screen readers. */
const statusMarks: Readonly<Record<Entity["status"], string>> = {
  proposed: "–",
  accepted: "✓",
  edited: "✎",
  added: "+",
  rejected: "✕",
};

/** Every entity that the filter leaves, in sortable rows; only those in sight are on the page. */
export function EntityTable(props: {
  readonly visible: readonly Entity[];
  readonly current: string | null;
  onFocus(id: string): void;
}) {
  const { visible, current } = props;
  const [sorting, setSorting] = useState<Sorting>({ key: "place", descending: false });
  const text = useText();
  const { t } = text;
  const words = useColumnWords(text);
  const isJudged = useMemo(() => visible.some((entity) => entity.selector !== null), [visible]);
  const columns = isJudged ? judged : usual;
  const sorted = useMemo(() => sortEntities(visible, sorting, words), [visible, sorting, words]);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => sorted[index]?.id ?? index,
    overscan: 10,
    // Below the head, which stays in sight.
    scrollPaddingStart: ROW_HEIGHT,
  });

  const at = sorted.findIndex((entity) => entity.id === current);
  useEffect(() => {
    if (at >= 0) list.scrollToIndex(at, { align: "auto" });
  }, [at, list]);

  const items = list.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = list.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div ref={scroller} className={classes.scroller}>
      <table className={classes.table} aria-label={t("findings:table")} aria-rowcount={sorted.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((key) => (
              <th
                key={key}
                data-column={key}
                aria-sort={sorting.key !== key ? "none" : sorting.descending ? "descending" : "ascending"}
              >
                <button
                  type="button"
                  className={classes.sort}
                  title={t("findings:sortBy", { column: t(`findings:column.${key}`) })}
                  onClick={() => setSorting((last) => nextSorting(last, key))}
                >
                  {key === "confidence" || key === "selector"
                    ? t(`findings:short.${key}`)
                    : t(`findings:column.${key}`)}
                  <span aria-hidden>{sorting.key !== key ? "" : sorting.descending ? " ↓" : " ↑"}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={above} />
          {items.map(({ index }) => {
            const entity = sorted[index];
            return (
              entity && (
                <EntityRow
                  key={entity.id}
                  entity={entity}
                  index={index}
                  current={entity.id === current}
                  isJudged={isJudged}
                  words={words}
                  text={text}
                  onFocus={props.onFocus}
                />
              )
            );
          })}
          <Gap height={below} />
        </tbody>
      </table>
    </div>
  );
}

/** Room for the rows that are not on the page. */
function Gap(props: { readonly height: number }) {
  return props.height > 0 ? <tr aria-hidden style={{ height: props.height }} /> : null;
}

type ColumnWords = (entity: Entity, key: "type" | "section" | "status") => string;

const EntityRow = memo(function EntityRow(props: {
  readonly entity: Entity;
  readonly index: number;
  readonly current: boolean;
  readonly isJudged: boolean;
  readonly words: ColumnWords;
  readonly text: TextHandle;
  onFocus(id: string): void;
}) {
  const { entity, words } = props;
  const { t, percent } = props.text;
  const assertions = assertionWords(entity.assertion, t);
  return (
    <tr
      aria-rowindex={props.index + 2}
      data-row={entity.id}
      data-status={entity.status}
      data-dropped={isDropped(entity) || undefined}
      data-current={props.current || undefined}
    >
      <td>
        <button type="button" className={classes.cellButton} onClick={() => props.onFocus(entity.id)}>
          {assertions.length > 0 && <em className={classes.assertion}>{assertions.join(", ")} </em>}
          <span className={classes.cellWords}>{entity.text}</span>
        </button>
      </td>
      <td>
        <Dot type={entity.type} /> {words(entity, "type")}
      </td>
      <td className={classes.figure}>{entity.confidence === null ? "–" : percent(entity.confidence)}</td>
      {props.isJudged && (
        <td className={classes.figure}>
          {entity.selector === null ? "–" : percent(entity.selector.probability)}
        </td>
      )}
      <td data-column="section">{words(entity, "section")}</td>
      <td title={words(entity, "status")}>
        <span className={classes.statusMark} aria-hidden>
          {statusMarks[entity.status]}
        </span>
        <span className={classes.statusWords}>{words(entity, "status")}</span>
      </td>
    </tr>
  );
});

/** What a column says of an entity, in the user's language. */
function useColumnWords({ t, typeLabel }: TextHandle): ColumnWords {
  return useMemo(
    () => (entity, key) => {
      if (key === "type") return typeLabel(entity.type);
      if (key === "status") return t(`note:status.${entity.status}`);
      return entity.section === null
        ? ""
        : t(`note:section.${entity.section}`, { defaultValue: entity.section });
    },
    [t, typeLabel],
  );
}

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Entity } from "#core/entity/entity.ts";
import { useText } from "../frame/useText.ts";
import { assertionWords } from "../note/assertionWords.ts";
import { Dot } from "../note/Swatch.tsx";
import classes from "./findings.module.css";
import { type Sorting, type SortKey, sortEntities } from "./sortEntities.ts";

const columns: readonly SortKey[] = ["text", "type", "confidence", "section", "status"];
const ROW_HEIGHT = 30;

/** Every entity that the filter leaves, in sortable rows; only those in sight are on the page. */
export function EntityTable(props: {
  readonly visible: readonly Entity[];
  readonly current: string | null;
  onFocus(id: string): void;
}) {
  const { t, typeLabel, percent } = useText();
  const { visible, current } = props;
  const [sorting, setSorting] = useState<Sorting>({ key: "place", descending: false });
  const sorted = useMemo(
    () =>
      sortEntities(visible, sorting, (entity, key) =>
        key === "type"
          ? typeLabel(entity.type)
          : key === "status"
            ? t(`note:status.${entity.status}`)
            : sectionWords(entity, t),
      ),
    [visible, sorting, typeLabel, t],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => sorted[index]?.id ?? index,
    overscan: 10,
  });

  const at = sorted.findIndex((entity) => entity.id === current);
  useEffect(() => {
    if (at >= 0) list.scrollToIndex(at, { align: "auto" });
  }, [at, list]);

  const sortBy = (key: SortKey) =>
    setSorting((last) => {
      if (last.key !== key) return { key, descending: key === "confidence" };
      const turnedTwice = last.descending !== (key === "confidence");
      return turnedTwice ? { key: "place", descending: false } : { key, descending: !last.descending };
    });

  return (
    <div
      className={classes.table}
      role="table"
      aria-label={t("findings:table")}
      aria-rowcount={sorted.length + 1}
    >
      <div className={classes.tableHead} role="row" aria-rowindex={1}>
        {columns.map((key) => (
          <div
            key={key}
            role="columnheader"
            aria-sort={sorting.key !== key ? "none" : sorting.descending ? "descending" : "ascending"}
          >
            <button
              type="button"
              className={classes.sort}
              title={t("findings:sortBy", { column: t(`findings:column.${key}`) })}
              onClick={() => sortBy(key)}
            >
              {key === "confidence" ? t("findings:short.confidence") : t(`findings:column.${key}`)}
              <span aria-hidden>{sorting.key !== key ? "" : sorting.descending ? " ↓" : " ↑"}</span>
            </button>
          </div>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div ref={scroller} className={classes.scroller} role="rowgroup" tabIndex={0}>
        <div className={classes.track} role="presentation" style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map(({ index, key, start }) => {
            const entity = sorted[index];
            if (entity === undefined) return null;
            const words = assertionWords(entity.assertion, t);
            return (
              <div
                key={key}
                role="row"
                aria-rowindex={index + 2}
                className={classes.tableRow}
                data-row={entity.id}
                data-status={entity.status}
                data-current={entity.id === current || undefined}
                style={{ transform: `translateY(${start}px)` }}
              >
                <div role="cell">
                  <button
                    type="button"
                    className={classes.cellButton}
                    onClick={() => props.onFocus(entity.id)}
                  >
                    {words.length > 0 && <em className={classes.assertion}>{words.join(", ")} </em>}
                    {entity.text}
                  </button>
                </div>
                <div role="cell">
                  <Dot type={entity.type} /> {typeLabel(entity.type)}
                </div>
                <div role="cell" className={classes.figure}>
                  {entity.confidence === null ? "–" : percent(entity.confidence)}
                </div>
                <div role="cell">{sectionWords(entity, t)}</div>
                <div role="cell">{t(`note:status.${entity.status}`)}</div>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function sectionWords(entity: Entity, t: ReturnType<typeof useText>["t"]): string {
  return entity.section === null ? "" : t(`note:section.${entity.section}`, { defaultValue: entity.section });
}

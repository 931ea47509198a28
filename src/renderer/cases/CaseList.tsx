import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { useText } from "../frame/useText.ts";
import { type CaseActions, CaseItem } from "./CaseItem.tsx";
import classes from "./CaseList.module.css";
import { dayGroup } from "./caseGroups.ts";
import { type CasePages, type CaseQuery, indexOfCase, rowAt } from "./casePages.ts";

/** The cases as a list that only draws what is in view; arrow keys move through all of it. */
export function CaseList(props: {
  readonly known: CasePages;
  readonly query: CaseQuery;
  readonly currentId: string | null;
  readonly selection: ReadonlySet<string>;
  readonly actions: CaseActions;
  onShow(first: number, last: number): void;
}) {
  const { known, actions } = props;
  const { t } = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const [reachable, setReachable] = useState(0);
  const wanted = useRef<number | null>(null);
  const now = new Date();

  const virtual = useVirtualizer({
    count: known.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => (props.query.search === "" ? 54 : 92),
    // By case, not by place: an open menu must stay with its case when the order changes under it.
    getItemKey: useCallback((index: number) => rowAt(known, index)?.id ?? index, [known]),
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const { onShow } = props;
  useEffect(() => onShow(first, last), [onShow, first, last]);

  const currentIndex = props.currentId === null ? -1 : indexOfCase(known, props.currentId);
  useEffect(() => {
    if (currentIndex >= 0) setReachable(currentIndex);
  }, [currentIndex]);

  // A row that was out of view exists only after the list has scrolled to it: focus follows then.
  useEffect(() => {
    if (wanted.current === null) return;
    const link = scroller.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] a`);
    if (link) {
      link.focus({ preventScroll: true });
      wanted.current = null;
    }
  });

  function moveTo(index: number): void {
    const next = Math.max(0, Math.min(known.total - 1, index));
    wanted.current = next;
    setReachable(next);
    virtual.scrollToIndex(next);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey || event.ctrlKey || !(event.target instanceof HTMLAnchorElement))
      return;
    // The case that has the focus, wherever a new order may have put it.
    const here = indexOfCase(known, event.target.dataset.caseId ?? "");
    const row = rowAt(known, here);
    const screen = Math.max(1, last - first - 8);
    const moves: Record<string, number> = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      PageDown: here + screen,
      PageUp: here - screen,
      Home: 0,
      End: known.total - 1,
    };
    const move = moves[event.key];
    if (move !== undefined) moveTo(move);
    else if (event.key === " " && row) actions.select(row, event);
    else if (event.key === "F2" && row) actions.rename(row);
    else if (event.key === "Delete" && row) actions.remove([row]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className={classes.scroller} ref={scroller}>
      <ul
        className={classes.canvas}
        aria-label={t("cases:title")}
        data-case-list
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {items.map((item) => {
          const row = rowAt(known, item.index);
          const before = item.index === 0 ? undefined : rowAt(known, item.index - 1);
          const group = row && groupHeading(row, before, item.index, props.query, now);
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              className={classes.place}
              aria-setsize={known.total}
              aria-posinset={item.index + 1}
              data-index={item.index}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {group && <div className={classes.group}>{t(`cases:groups.${group}`)}</div>}
              {row ? (
                <CaseItem
                  row={row}
                  current={row.id === props.currentId}
                  selected={props.selection.has(row.id)}
                  selecting={props.selection.size > 0}
                  reachable={item.index === reachable}
                  actions={actions}
                />
              ) : (
                <div className={classes.waiting} />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function groupHeading(
  row: { readonly updatedAt: string; readonly createdAt: string },
  before: { readonly updatedAt: string; readonly createdAt: string } | undefined,
  index: number,
  query: CaseQuery,
  now: Date,
): string | null {
  if (query.sort === "title" || query.search !== "") return null;
  const dateOf = (of: typeof row) => (query.sort === "created" ? of.createdAt : of.updatedAt);
  const group = dayGroup(dateOf(row), now);
  if (index > 0 && (before === undefined || dayGroup(dateOf(before), now) === group)) return null;
  return group;
}

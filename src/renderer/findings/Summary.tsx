import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useMemo, useRef } from "react";
import { type Entity, isKept } from "#core/entity/entity.ts";
import { type TextHandle, useText } from "../frame/useText.ts";
import { assertionWords } from "../note/assertionWords.ts";
import { Dot } from "../note/Swatch.tsx";
import classes from "./findings.module.css";
import { type Finding, type SummaryGroup, summarise } from "./summary.ts";

type Row =
  | { readonly kind: "group"; readonly group: SummaryGroup; readonly count: number }
  | { readonly kind: "finding"; readonly finding: Finding };

/** The note in short. What was rejected or dropped is not part of it. */
export function Summary(props: {
  readonly visible: readonly Entity[];
  readonly entities: readonly Entity[];
  readonly current: string | null;
  onFocus(id: string): void;
}) {
  const words = useText();
  const { t, number } = words;
  const { visible, entities, current } = props;
  const rows = useMemo(() => rowsOf(summarise(visible.filter(isKept), entities)), [visible, entities]);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === "group" ? 38 : 32),
    getItemKey: (index) => keyOf(rows[index]),
    overscan: 12,
  });
  return (
    <div ref={scroller} className={classes.scroller}>
      <div className={classes.track} style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return (
            <div
              key={key}
              ref={list.measureElement}
              data-index={index}
              className={classes.row}
              style={{ transform: `translateY(${start}px)` }}
            >
              {row?.kind === "group" && (
                <h2 className={classes.group}>
                  {t(`findings:group.${row.group}`)} <span>{number(row.count)}</span>
                </h2>
              )}
              {row?.kind === "finding" && (
                <FindingLine
                  finding={row.finding}
                  current={row.finding.mentions.findIndex((mention) => mention.id === current)}
                  words={words}
                  onFocus={props.onFocus}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const FindingLine = memo(function FindingLine(props: {
  readonly finding: Finding;
  /** Which of its mentions is in focus; -1 for none. */
  readonly current: number;
  readonly words: TextHandle;
  onFocus(id: string): void;
}) {
  const { t, number } = props.words;
  const { mentions, details } = props.finding;
  const [first] = mentions;
  const at = props.current;
  const words = assertionWords(first.assertion, t);
  return (
    <button
      type="button"
      className={classes.finding}
      data-finding={first.id}
      data-current={at >= 0 || undefined}
      // A further press goes on to the next mention.
      onClick={() => props.onFocus((mentions[(at + 1) % mentions.length] ?? first).id)}
    >
      <Dot type={first.type} />
      <span className={classes.words}>
        <span>
          {words.length > 0 && <em className={classes.assertion}>{words.join(", ")} </em>}
          {first.text}
        </span>
        {details.length > 0 && (
          <span className={classes.details}>
            {details.map(({ role, entity }, index) => (
              <span key={`${role} ${entity.id}`} title={t(`note:role.${role}`)}>
                {index > 0 && " · "}
                {entity.text}
              </span>
            ))}
          </span>
        )}
      </span>
      {mentions.length > 1 && (
        <span className={classes.times} title={t("findings:mentions", { n: number(mentions.length) })}>
          {t("findings:times", { n: number(mentions.length) })}
        </span>
      )}
    </button>
  );
});

function rowsOf(findings: readonly Finding[]): Row[] {
  return [...Map.groupBy(findings, (finding) => finding.group)].flatMap(([group, own]): Row[] => [
    { kind: "group", group, count: own.length },
    ...own.map((finding): Row => ({ kind: "finding", finding })),
  ]);
}

function keyOf(row: Row | undefined): string {
  if (row === undefined) return "";
  return row.kind === "group" ? row.group : row.finding.mentions[0].id;
}

import { type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef } from "react";
import type { DocumentView } from "#contract/records.ts";
import type { Span } from "#core/document/span.ts";
import type { Entity } from "#core/entity/entity.ts";
import { useText } from "../frame/useText.ts";
import { tidySelection } from "../review/boundaries.ts";
import { DeskPrompt } from "../review/DeskPrompt.tsx";
import type { DeskHandle } from "../review/useDesk.ts";
import { useEdgeDrag } from "../review/useEdgeDrag.ts";
import { type CardActions, EntityCard } from "./EntityCard.tsx";
import { Legend } from "./Legend.tsx";
import { layOut } from "./layout.ts";
import { NoteText } from "./NoteText.tsx";
import classes from "./ReadingDesk.module.css";
import { selectedSpan } from "./textRange.ts";
import { typeStyle } from "./typeStyle.ts";
import { useExactCopy } from "./useExactCopy.ts";
import { useFoundWords } from "./useFoundWords.ts";
import { useHovered } from "./useHovered.ts";
import { useShownEntities } from "./useShownEntities.ts";

/** What the keys of the desk need of the page. */
export type NotePaneHandle = {
  /** The words selected with the pointer, tidied; null where nothing is selected. */
  selected(): Span | null;
  /** Moves the keyboard focus into the card of the current entity. */
  enterCard(): void;
};

const shortLabel = (type: string) => typeStyle(type).short;

/** The page with its highlights, the card of the entity in focus, and what is asked on the way. */
export function NotePane(props: {
  readonly ref: Ref<NotePaneHandle>;
  readonly view: DocumentView;
  readonly visible: readonly Entity[];
  readonly entities: readonly Entity[];
  readonly streaming: boolean;
  readonly ready: boolean;
  readonly desk: DeskHandle;
  readonly labels: boolean;
  readonly legend: boolean;
  /** Words to mark wherever they stand; "" for none. */
  readonly words: string;
  onLegend(): void;
}) {
  const { t, typeLabel, language } = useText();
  const { view, visible, entities, desk, ready } = props;
  const { state, dispatch } = desk;
  const focus = useCallback((id: string) => dispatch({ kind: "focus", id }), [dispatch]);
  const actions = useMemo<CardActions>(
    () => ({ focus, dispatch: ready ? dispatch : undefined }),
    [focus, ready, dispatch],
  );
  const root = useRef<HTMLDivElement>(null);
  const holder = useRef<HTMLDivElement>(null);
  const layout = useMemo(() => layOut(view.text, view.sections), [view.text, view.sections]);
  const current = visible.find((entity) => entity.id === state.current) ?? null;

  const drag = useEdgeDrag({ root, layout, text: view.text, entity: ready ? current : null, dispatch });
  const painter = useShownEntities({
    root,
    layout,
    text: view.text,
    visible,
    current,
    preview: drag.preview,
    selection: "span" in state.mode ? state.mode.span : null,
  });
  const hoveredId = useHovered(root);
  const hovered = hoveredId === state.current ? null : visible.find((entity) => entity.id === hoveredId);
  useExactCopy(root, layout, view.text);
  useFoundWords(root, layout, view.text, props.words);

  useImperativeHandle(props.ref, () => ({
    selected() {
      const selected = root.current && selectedSpan(root.current, layout);
      return selected && tidySelection(view.text, selected);
    },
    enterCard: () => holder.current?.querySelector<HTMLElement>("[data-card] button")?.focus(),
  }));

  const { kind } = state.mode;
  useEffect(() => {
    // What was asked is answered: the keyboard goes back to the entity, unless it went elsewhere.
    if (kind === "read" && document.activeElement === document.body)
      root.current?.querySelector<HTMLElement>("[data-current][data-first]")?.focus({ preventScroll: true });
  }, [kind]);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== "Escape" || event.defaultPrevented || !(event.target instanceof Element)) return;
      // Escape first leaves what lies over the note, then the field or card, then the entity.
      if (event.target.closest("[role=dialog], [role=menu], [role=listbox], input, textarea")) return;
      if (event.target.closest("[data-card]"))
        root.current?.querySelector<HTMLElement>("[data-current][data-first]")?.focus();
      else dispatch({ kind: "cancel" });
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [dispatch]);

  return (
    <div ref={holder} className={classes.notePane}>
      <section
        className={classes.noteScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={view.name}
        data-streaming={props.streaming || undefined}
      >
        <NoteText
          rootRef={root}
          layout={layout}
          painter={painter}
          language={view.language}
          labels={props.labels}
          name={view.name}
          labelOf={language === "zh" ? typeLabel : shortLabel}
          onPointerDown={drag.onPointerDown}
          onPick={focus}
        />
      </section>
      {current && kind === "read" && drag.preview === null && (
        <EntityCard
          // A new card for each entity: the browser then chooses its side anew.
          key={current.id}
          anchor="current"
          entity={current}
          entities={entities}
          run={view.run}
          actions={actions}
        />
      )}
      {hovered && drag.preview === null && (
        <EntityCard anchor="hovered" entity={hovered} entities={entities} run={view.run} />
      )}
      {props.legend && <Legend onClose={props.onLegend} />}
      <DeskPrompt text={view.text} state={state} visible={visible} dispatch={dispatch} />
      <div className={classes.announcer} role="status">
        {current &&
          t("note:announce", {
            words: current.text,
            type: typeLabel(current.type),
            status: t(`note:status.${current.status}`),
          })}
      </div>
    </div>
  );
}

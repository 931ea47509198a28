import { ActionIcon, Badge, Button, Progress } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { memo, type ReactNode, useMemo } from "react";
import type { RunRow } from "#contract/records.ts";
import type { Entity } from "#core/entity/entity.ts";
import { useText } from "../frame/useText.ts";
import type { DeskCommand } from "../review/desk.ts";
import { assertionWords } from "./assertionWords.ts";
import classes from "./EntityCard.module.css";
import { Swatch } from "./Swatch.tsx";

/** What can be done from the card; without `dispatch` the note is still being read. */
export type CardActions = {
  dispatch?: ((command: DeskCommand) => void) | undefined;
  focus(id: string): void;
};

/** Why an entity is there: its type, how sure the model is, how the note speaks of it, what it is linked to, and which run found it. */
export const EntityCard = memo(function EntityCard(props: {
  readonly entity: Entity;
  readonly entities: readonly Entity[];
  readonly run: RunRow | null;
  readonly anchor: "current" | "hovered";
  /** What the card of the current entity offers to do; the card of a hovered one only tells. */
  readonly actions?: CardActions | undefined;
}) {
  const { t, typeLabel, percent, moment } = useText();
  const { entity, entities, run, actions } = props;
  const dispatch = actions?.dispatch;
  const { assertion, confidence, selector } = entity;
  const assertions = assertionWords(assertion, t);
  const runDate = useMemo(() => run && moment(run.date), [run, moment]);
  const describes = entities.filter((other) =>
    other.attributes.some((attribute) => attribute.entity === entity.id),
  );
  const links = entity.attributes.flatMap((attribute) => {
    const target = entities.find((other) => other.id === attribute.entity);
    return target ? [{ attribute, target }] : [];
  });
  return (
    <section
      className={classes.card}
      data-anchor={props.anchor}
      data-card={entity.id}
      aria-label={t("note:card.label", { words: entity.text })}
    >
      <div className={classes.head}>
        <strong>
          <Swatch type={entity.type}>{typeLabel(entity.type)}</Swatch>
        </strong>
        {assertions.map((words) => (
          <Badge key={words} size="sm" variant="outline" color="gray" tt="none" className={classes.badge}>
            {words}
          </Badge>
        ))}
        <span className={classes.status} data-status={entity.status}>
          {t(`note:status.${entity.status}`)}
        </span>
      </div>
      <dl className={classes.facts}>
        <Fact name={t("note:card.confidence")}>
          {confidence === null ? (
            t("note:card.byPerson")
          ) : (
            <span className={classes.confidence}>
              <Progress value={confidence * 100} size="sm" aria-label={t("note:card.confidence")} flex={1} />
              {percent(confidence)}
            </span>
          )}
        </Fact>
        {links.length > 0 && (
          <Fact name={t("note:card.links")}>
            {links.map(({ attribute, target }) => (
              <span key={`${attribute.role} ${target.id}`} className={classes.link}>
                {t(`note:role.${attribute.role}`)}: <LinkWords entity={target} onFocus={actions?.focus} />
                {dispatch && (
                  <ActionIcon
                    size="xs"
                    variant="subtle"
                    color="gray"
                    aria-label={t("note:card.unlink", { words: target.text })}
                    onClick={() =>
                      dispatch({ kind: "unlink", role: attribute.role, target: attribute.entity })
                    }
                  >
                    <IconX size={12} />
                  </ActionIcon>
                )}
              </span>
            ))}
          </Fact>
        )}
        {describes.length > 0 && (
          <Fact name={t("note:card.linkedFrom")}>
            {describes.map((other) => (
              <LinkWords key={other.id} entity={other} onFocus={actions?.focus} />
            ))}
          </Fact>
        )}
        <Fact name={t("note:card.section")}>
          {entity.section === null
            ? t("note:card.noSection")
            : t(`note:section.${entity.section}`, { defaultValue: entity.section })}
        </Fact>
        {assertion?.rule && (
          <Fact name={t("note:card.why")}>{t("note:card.rule", { rule: assertion.rule })}</Fact>
        )}
        {selector && (
          <Fact name={t("note:card.selector")}>
            {t(selector.kept ? "note:card.selectorKept" : "note:card.selectorDropped", {
              percent: percent(selector.probability),
            })}
          </Fact>
        )}
        {run && entity.status !== "added" && (
          <Fact name={t("note:card.run")}>
            {t("note:card.runOf", {
              model: run.info.model,
              paradigm: t(`models:paradigms.${run.info.paradigm}.name`),
              date: runDate,
            })}
          </Fact>
        )}
        <Fact name={t("note:card.place")}>
          {t("note:card.offsets", { start: entity.start, end: entity.end })}
        </Fact>
      </dl>
      {dispatch && (
        <div className={classes.actions}>
          <Button size="compact-xs" variant="light" onClick={() => dispatch({ kind: "accept" })}>
            {t("note:card.accept")}
          </Button>
          <Button size="compact-xs" variant="light" color="gray" onClick={() => dispatch({ kind: "reject" })}>
            {t("note:card.reject")}
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => dispatch({ kind: "retype" })}>
            {t("note:card.retype")}
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => dispatch({ kind: "link" })}>
            {t("note:card.link")}
          </Button>
        </div>
      )}
    </section>
  );
});

function Fact(props: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function LinkWords(props: { readonly entity: Entity; onFocus?: ((id: string) => void) | undefined }) {
  return props.onFocus ? (
    <button type="button" className={classes.words} onClick={() => props.onFocus?.(props.entity.id)}>
      {props.entity.text}
    </button>
  ) : (
    <span>{props.entity.text}</span>
  );
}

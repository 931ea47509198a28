import { Progress, Tooltip } from "@mantine/core";
import { queueFigures } from "../import/queueFigures.ts";
import { useQueue } from "../state/queue.tsx";
import { useAnswer } from "../state/useAnswer.ts";
import { routeToHash } from "./route.tsx";
import classes from "./StatusBar.module.css";
import { useText } from "./useText.ts";

/** How things stand: nothing leaves this computer, which model reads, how far the queue is. */
export function StatusBar() {
  const { t, number } = useText();
  const queue = useQueue();
  const figures = queueFigures(queue);
  const models = useAnswer("models.list", {}, { refreshOn: ["models"] }).value;
  const chosen = models?.models.find((model) => model.id === models.chosen.modelId);

  function modelName(): string {
    if (models === undefined) return "";
    if (chosen === undefined) return t("status.noModel");
    return chosen.present ? chosen.report.name : `${chosen.report.name}: ${t("models:gone")}`;
  }
  return (
    <div className={classes.status}>
      <Tooltip
        label={t("status.offlineWhy")}
        multiline
        w={280}
        events={{ hover: true, focus: true, touch: true }}
      >
        <a className={classes.part} href={routeToHash({ screen: "about" })}>
          {t("status.offline")} <span className={classes.dot} aria-hidden />
        </a>
      </Tooltip>
      <a
        className={classes.part}
        data-part="model"
        data-missing={(models !== undefined && chosen?.present !== true) || undefined}
        href={routeToHash({ screen: "models" })}
        title={modelName()}
      >
        <span className={classes.hidden}>{t("status.model")} </span>
        <span className={classes.name}>{modelName()}</span>
      </a>
      <a className={classes.part} data-part="queue" href={routeToHash({ screen: "queue" })}>
        {figures.total === 0
          ? t("status.queueEmpty")
          : t(queue.paused ? "status.queuePaused" : "status.queue", {
              finished: number(figures.finished),
              n: number(figures.total),
            })}
        {figures.open > 0 && (
          <Progress
            className={classes.bar}
            size={3}
            value={figures.progress * 100}
            aria-label={t("status.progress")}
          />
        )}
      </a>
    </div>
  );
}

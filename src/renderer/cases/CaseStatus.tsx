import {
  IconAlertTriangle,
  IconCircle,
  IconCircleCheckFilled,
  IconCircleDotted,
  IconCircleFilled,
  IconCircleHalf2,
  IconCircleMinus,
} from "@tabler/icons-react";
import type { NoteStatus } from "#contract/records.ts";
import { useText } from "../frame/useText.ts";
import classes from "./CaseStatus.module.css";

const icons = {
  none: IconCircle,
  queued: IconCircleDotted,
  running: IconCircleHalf2,
  done: IconCircleFilled,
  reviewed: IconCircleCheckFilled,
  failed: IconAlertTriangle,
  cancelled: IconCircleMinus,
} satisfies Record<NoteStatus, typeof IconCircle>;

/** Where a note stands, by shape first and colour second; the words are there for pointer and screen reader. */
export function CaseStatus(props: { readonly status: NoteStatus }) {
  const { t } = useText();
  const Icon = icons[props.status];
  const words = t(`cases:status.${props.status}`);
  return (
    <span className={classes.mark} data-status={props.status} role="img" aria-label={words} title={words}>
      <Icon size={14} stroke={2} aria-hidden />
    </span>
  );
}

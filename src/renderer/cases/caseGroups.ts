/** Where a day lies from today: headings of the case list. */
export type DayGroup = "today" | "yesterday" | "week" | "month" | "earlier";

/** The heading under which a date stands; days are calendar days of the reader's time zone. */
export function dayGroup(iso: string, now: Date): DayGroup {
  const date = new Date(iso);
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const day = new Date(date.getFullYear(), date.getMonth(), date.getDate());
  // Rounded, because a day with a change of the clocks has 23 or 25 hours.
  const days = Math.round((midnight.getTime() - day.getTime()) / 86_400_000);
  if (days <= 0) return "today";
  if (days === 1) return "yesterday";
  if (days < 7) return "week";
  return days < 31 ? "month" : "earlier";
}

/** Whether every word of the query stands in the label, wherever: "exp case" finds "Export this case". */
export function matchesQuery(label: string, query: string): boolean {
  const hay = label.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

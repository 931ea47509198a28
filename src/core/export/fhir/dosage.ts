import type { Entity } from "../../entity/entity.ts";
import { type Dose, parseDose } from "./dose.ts";
import type { Drafting } from "./draft.ts";
import { parseDuration } from "./measurement.ts";
import { parseFrequency } from "./timing.ts";
import { coding } from "./vocabulary.ts";

type Regimen = {
  readonly dose: Entity | undefined;
  readonly route: Entity | undefined;
  readonly frequency: Entity | undefined;
  readonly duration: Entity | undefined;
};

/**
 * The Dosage elements of a drug: https://hl7.org/fhir/R4/dosage.html. The first dose goes with the first route and
 * the first frequency, the second with the second; what cannot be counted stays as text, and no unit is lost.
 */
export function dosagesOf(drafting: Drafting): { dosage?: unknown[] } {
  const doses = drafting.linked("dosage");
  const routes = drafting.linked("route");
  const frequencies = drafting.linked("frequency");
  const durations = drafting.linked("duration");
  const count = Math.max(doses.length, routes.length, frequencies.length, durations.length);
  if (count === 0) return {};
  const dosage = Array.from({ length: count }, (_, i) => {
    const regimen = { dose: doses[i], route: routes[i], frequency: frequencies[i], duration: durations[i] };
    return dosageOf(drafting, `dosage[${i}]`, regimen, count > 1 ? i + 1 : null);
  });
  return { dosage };
}

function dosageOf(drafting: Drafting, path: string, regimen: Regimen, sequence: number | null): unknown {
  const { dose, route, duration } = regimen;
  const inOrder = Object.values(regimen)
    .filter((part) => part !== undefined)
    .sort((a, b) => a.start - b.start);
  const parsed = dose ? parseDose(dose.text) : null;
  const timing = timingOf(drafting, `${path}.timing`, regimen, parsed);
  // Words that no element could hold lend their origin to the dosage itself, whose text they stand in.
  const leftOver = [parsed ? undefined : dose, timing?.tellsDuration ? undefined : duration];
  const extension = leftOver.flatMap((entity) => (entity ? drafting.element(path, entity).extension : []));
  return {
    ...(extension.length > 0 && { extension }),
    ...(sequence !== null && { sequence }),
    text: inOrder.map((part) => part.text).join(" "),
    ...(timing && { timing: timing.timing }),
    ...(timing?.asNeeded && { asNeededBoolean: true }),
    ...(route && { route: drafting.concept(`${path}.route`, route) }),
    ...(dose &&
      parsed && { doseAndRate: [amountOf(drafting, `${path}.doseAndRate[0]`, dose, parsed.amount)] }),
  };
}

/** Amounts per time are rates ("5 mg/h"), all others doses. */
function amountOf(drafting: Drafting, path: string, dose: Entity, amount: Dose["amount"]): unknown {
  const kind = amount.perTime ? "rate" : "dose";
  const origin = drafting.element(`${path}.${kind}`, dose);
  return amount.kind === "quantity"
    ? { [`${kind}Quantity`]: { ...origin, ...amount.quantity } }
    : { [`${kind}Range`]: { ...origin, ...amount.range } };
}

/** How often, by the words for it, else by what the dose says of it ("60 mg daily"); and for how long. */
function timingOf(
  drafting: Drafting,
  path: string,
  { dose, frequency, duration }: Regimen,
  parsed: Dose | null,
): { timing: unknown; asNeeded: boolean; tellsDuration: boolean } | undefined {
  const often = frequency ? parseFrequency(frequency.text) : parsed?.frequency;
  const bounds = duration ? parseDuration(duration.text) : null;
  if (!frequency && !often && !bounds) return undefined;
  const repeat = {
    ...(duration &&
      bounds && { boundsDuration: { ...drafting.element(`${path}.repeat.bounds`, duration), ...bounds } }),
    ...often?.repeat,
  };
  const abbreviation = often?.gts === undefined ? undefined : coding("gts", often.gts);
  return {
    timing: {
      ...(dose && !frequency && often && drafting.element(path, dose)),
      ...(Object.keys(repeat).length > 0 && { repeat }),
      ...(frequency
        ? { code: drafting.concept(`${path}.code`, frequency, abbreviation) }
        : abbreviation && { code: { coding: [abbreviation] } }),
    },
    asNeeded: often?.asNeeded ?? false,
    tellsDuration: bounds !== null,
  };
}

import type { Entity } from "../../entity/entity.ts";
import type { Drafting } from "./draft.ts";
import { parseDuration, parseMeasurement } from "./measurement.ts";
import { parseFrequency } from "./timing.ts";
import { coding } from "./vocabulary.ts";

type Regimen = {
  readonly dose?: Entity;
  readonly route?: Entity;
  readonly frequency?: Entity;
  readonly duration?: Entity;
};

/** Per-time units are rates ("5 mg/h"), all others amounts at a time. */
const PER_TIME = /\/(?:s|min|h|d|wk)$/;

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
    const regimen: Regimen = {
      dose: doses[i],
      route: routes[i],
      frequency: frequencies[i],
      duration: durations[i],
    } as Regimen;
    return dosageOf(drafting, `dosage[${i}]`, regimen, count > 1 ? i + 1 : null);
  });
  return { dosage };
}

function dosageOf(drafting: Drafting, path: string, regimen: Regimen, sequence: number | null): unknown {
  const { dose, route, frequency, duration } = regimen;
  const inOrder = [dose, route, frequency, duration]
    .filter((part) => part !== undefined)
    .sort((a, b) => a.start - b.start);
  const measured = dose && doseOf(drafting, `${path}.doseAndRate[0]`, dose);
  const timing = timingOf(drafting, `${path}.timing`, frequency, duration);
  // Words that no element could hold lend their origin to the dosage itself, whose text they stand in.
  const leftOver = [dose && !measured ? dose : null, duration && !timing?.tellsDuration ? duration : null];
  const extension = leftOver.flatMap((entity) => (entity ? drafting.element(path, entity).extension : []));
  return {
    ...(extension.length > 0 && { extension }),
    ...(sequence !== null && { sequence }),
    text: inOrder.map((part) => part.text).join(" "),
    ...(timing && { timing: timing.timing }),
    ...(timing?.asNeeded && { asNeededBoolean: true }),
    ...(route && { route: drafting.concept(`${path}.route`, route) }),
    ...(measured && { doseAndRate: [measured] }),
  };
}

function doseOf(
  drafting: Drafting,
  path: string,
  dose: Entity,
): Readonly<Record<string, unknown>> | undefined {
  const measurement = parseMeasurement(dose.text);
  if (!measurement) return undefined;
  const perTime = PER_TIME.test(
    (measurement.kind === "quantity" ? measurement.quantity : measurement.range.low).code ?? "",
  );
  const kind = perTime ? "rate" : "dose";
  const origin = drafting.element(`${path}.${kind}`, dose);
  return measurement.kind === "quantity"
    ? { [`${kind}Quantity`]: { ...origin, ...measurement.quantity } }
    : { [`${kind}Range`]: { ...origin, ...measurement.range } };
}

function timingOf(
  drafting: Drafting,
  path: string,
  frequency: Entity | undefined,
  duration: Entity | undefined,
): { timing: unknown; asNeeded: boolean; tellsDuration: boolean } | undefined {
  const parsed = frequency ? parseFrequency(frequency.text) : null;
  const bounds = duration ? parseDuration(duration.text) : null;
  if (!frequency && !bounds) return undefined;
  const repeat = {
    ...(duration &&
      bounds && { boundsDuration: { ...drafting.element(`${path}.repeat.bounds`, duration), ...bounds } }),
    ...parsed?.repeat,
  };
  return {
    timing: {
      ...(Object.keys(repeat).length > 0 && { repeat }),
      ...(frequency && {
        code: drafting.concept(
          `${path}.code`,
          frequency,
          parsed?.gts === undefined ? undefined : coding("gts", parsed.gts),
        ),
      }),
    },
    asNeeded: parsed?.asNeeded ?? false,
    tellsDuration: bounds !== null,
  };
}

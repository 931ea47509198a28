import { type EntityFamily, entityType } from "#core/entity/entityTypes.ts";

/** How the underline of a type is drawn; types of one hue never share a stroke. */
export type Stroke = "solid" | "double" | "dotted" | "dashed" | "dashdot";

/** What makes a type known on the page: a hue by its family, a stroke and a short label of its own. */
export type TypeStyle = { readonly family: EntityFamily; readonly stroke: Stroke; readonly short: string };

const strokes: Readonly<Record<string, Stroke>> = {
  Sign_symptom: "solid",
  Disease_disorder: "double",
  Severity: "dotted",
  Biological_structure: "dashed",
  Medication: "solid",
  Dosage: "double",
  Administration: "dotted",
  Frequency: "dashed",
  Duration: "dashdot",
  Diagnostic_procedure: "solid",
  Lab_value: "double",
  Therapeutic_procedure: "solid",
  Clinical_event: "double",
  Age: "dotted",
  Sex: "dashed",
  History: "solid",
  Family_history: "double",
  Date: "solid",
};

/** The look of a type. One that a user added has the hue of time, a stroke of its own and its first letters. */
export function typeStyle(name: string): TypeStyle {
  const known = entityType(name);
  return {
    family: known?.family ?? "time",
    stroke: strokes[name] ?? "dashdot",
    short: known?.short ?? name.slice(0, 4).toUpperCase(),
  };
}

const letters: Readonly<Record<string, string>> = {
  Sign_symptom: "s",
  Disease_disorder: "d",
  Severity: "v",
  Biological_structure: "b",
  Medication: "m",
  Dosage: "o",
  Administration: "r",
  Frequency: "f",
  Duration: "u",
  Diagnostic_procedure: "t",
  Lab_value: "l",
  Therapeutic_procedure: "p",
  Clinical_event: "e",
  Age: "a",
  Sex: "x",
  History: "h",
  Family_history: "y",
  Date: "w",
};

/** The letter that chooses each type after `t`; types that a user added take the free letters in order. */
export function typeLetters(types: readonly string[]): ReadonlyMap<string, string> {
  const free = [..."cgijknqz123456789"];
  return new Map(types.map((type) => [type, letters[type] ?? free.shift() ?? ""]));
}

import { expect, test } from "vitest";
import { createFakeEngine, tagWords } from "#engine/fakeEngine.ts";
import { plant } from "../../test/oracles/plant.ts";
import { evaluateGold } from "./evaluateGold.ts";

test("with a selector, scores are those of what it kept, and those without it stand beside", async () => {
  const { text, mentions } = plant("No ⟦fever|Sign_symptom⟧, no ⟦cough|Sign_symptom⟧ today.");
  const types = ["Sign_symptom"];
  const tag = tagWords({ fever: "Sign_symptom", cough: "Sign_symptom", today: "Sign_symptom" });
  const port = createFakeEngine({ tag, types });
  const judge = createFakeEngine({
    tag: () => [],
    types,
    judge: (passage, { start, end }) => (passage.slice(start, end) === "today" ? 0.1 : 0.9),
  });
  const gold = [{ name: "a", text, mentions }];
  const settings = { types, paradigm: "tuned", outputFormat: "grounded" } as const;
  const options = { language: "en", date: "2026-01-01T00:00:00.000Z" } as const;
  const alone = await evaluateGold(port, gold, settings, options);
  expect(alone.micro).toMatchObject({ precision: 0.666667, recall: 1 });
  expect(alone.withoutSelector).toBeUndefined();
  const judging = { port: judge, rule: { threshold: 0.5, below: null } };
  const judged = await evaluateGold(port, gold, { ...settings, judging }, options);
  expect(judged.micro).toMatchObject({ precision: 1, recall: 1 });
  expect(judged.withoutSelector).toEqual({ micro: alone.micro });
});

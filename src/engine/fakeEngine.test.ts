import { expect, test } from "vitest";
import { decodeWindow } from "#core/decode/decodeWindow.ts";
import { bareView, splitPieces } from "#core/document/pieces.ts";
import { NotegrainError } from "#core/errors.ts";
import type { CancelSignal, InferencePort } from "#core/ports.ts";
import { preparePrompt } from "#core/prompt/preparePrompt.ts";
import { createFakeEngine, tagWords } from "./fakeEngine.ts";

const words = {
  "chest pain": "Sign_symptom",
  chest: "Biological_structure",
  aspirin: "Medication",
  "81 mg": "Dosage",
  胸痛: "Sign_symptom",
};

async function read(engine: InferencePort, text: string, signal?: CancelSignal) {
  const types = [...(engine.facts.profile?.open.keys() ?? [])];
  const prompt = preparePrompt(engine, { types, paradigm: "tuned" });
  const pieces = splitPieces(text);
  const source = pieces.map((piece, i) => prompt.tokensOf(i === 0 ? bareView(piece) : piece.view));
  const sequence = await engine.openSequence();
  try {
    const result = await decodeWindow({
      ...prompt.decoding,
      sequence,
      contextTokens: engine.facts.contextTokens,
      prefix: prompt.prefix(source),
      source,
      strategy: "plain",
      ...(signal && { signal }),
    });
    return result.mentions.map(({ type, startPiece, endPiece }) => {
      const [first, last] = [pieces[startPiece], pieces[endPiece - 1]];
      return `${type}: ${text.slice(first?.start, last?.end)}`;
    });
  } finally {
    await sequence.dispose();
  }
}

test("finds its words, nested ones too, in both languages", async () => {
  const engine = createFakeEngine({ tag: tagWords(words) });
  expect(await read(engine, "Denies chest  pain.\nTakes Aspirin 81 mg; 胸痛2天。")).toEqual([
    "Sign_symptom: chest  pain",
    "Biological_structure: chest",
    "Medication: Aspirin",
    "Dosage: 81 mg",
    "Sign_symptom: 胸痛",
  ]);
  expect(await read(engine, "Nothing here.")).toEqual([]);
});

test("a further sequence waits until one is given back", async () => {
  const engine = createFakeEngine({ tag: tagWords(words), parallelism: 1 });
  const first = await engine.openSequence();
  let opened = false;
  const second = engine.openSequence().then((sequence) => {
    opened = true;
    return sequence;
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(opened).toBe(false);
  await first.dispose();
  await first.dispose();
  await second;
  expect(opened).toBe(true);
});

test("stops when called off, throws what it is told to, and refuses what does not fit", async () => {
  const signal = { aborted: false };
  const stopping = createFakeEngine({
    tag: tagWords(words),
    onEvaluate: (call) => {
      signal.aborted = call === 3;
    },
  });
  await expect(read(stopping, "chest pain", signal)).rejects.toMatchObject({ code: "NG-CANCELLED" });

  const crashing = createFakeEngine({
    tag: tagWords(words),
    onEvaluate: () => {
      throw new NotegrainError("NG-BACKEND-LOST");
    },
  });
  await expect(read(crashing, "chest pain")).rejects.toMatchObject({ code: "NG-BACKEND-LOST" });

  const small = createFakeEngine({ tag: tagWords(words), contextTokens: 10 });
  await expect(read(small, "chest pain")).rejects.toMatchObject({ code: "NG-CONTEXT" });
  const sequence = await small.openSequence();
  const eleven = Array.from({ length: 11 }, () => 0);
  await expect(sequence.evaluate(eleven, [])).rejects.toMatchObject({ code: "NG-CONTEXT" });
  expect(sequence.tokens).toEqual([]);
});

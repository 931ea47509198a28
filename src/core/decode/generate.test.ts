import { expect, test } from "vitest";
import { stockModel } from "../../../test/support/stockModel.ts";
import { generate } from "./generate.ts";

const port = stockModel(() => ["a reply of some length"]);
const stop = [port.specialToken("<|eot_id|>") ?? -1];
const prompt = [
  ...port.tokenize("x"),
  port.specialToken("<|start_header_id|>") ?? -1,
  ...port.tokenize("assistant"),
  port.specialToken("<|end_header_id|>") ?? -1,
  ...port.tokenize("\n\n"),
];

test("a reply ends where the model ends it, or where it is cut", async () => {
  const sequence = await port.openSequence();
  const whole = await generate({ sequence, prompt, sharedTokens: 1, stop, maxTokens: 100 });
  expect(port.detokenize(whole.tokens)).toBe("a reply of some length");
  expect(whole.ended).toBe(true);
  expect(whole.evaluatedTokens).toBe(prompt.length + whole.tokens.length);
  const cut = await generate({ sequence, prompt, sharedTokens: 1, stop, maxTokens: 2 });
  expect(port.detokenize(cut.tokens)).toBe("a reply of s");
  expect(cut.ended).toBe(false);
  expect(cut.evaluatedTokens).toBe(prompt.length - 1 + 1); // the shared token was kept, the last never read
});

test("it stops when called off, and where nothing more fits", async () => {
  const signal = { aborted: true };
  const attempt = generate({
    sequence: await port.openSequence(),
    prompt,
    sharedTokens: 0,
    stop,
    maxTokens: 9,
    signal,
  });
  await expect(attempt).rejects.toMatchObject({ code: "NG-CANCELLED" });
  const small = await stockModel(() => ["a reply of some length"], prompt.length).openSequence();
  await expect(
    generate({ sequence: small, prompt, sharedTokens: 0, stop, maxTokens: 9 }),
  ).rejects.toMatchObject({ code: "NG-CONTEXT" });
});

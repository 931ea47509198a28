import { expect, test } from "vitest";
import reasons from "#resources/reasons.json" with { type: "json" };
import { describeError, describeReason, NotegrainError } from "./errors.ts";

test("a reason of the system is told in words, in the reader's language", () => {
  const full = { code: "NG-WRITE", params: { name: "adm-17.csv", reason: "ENOSPC" } } as const;
  expect(describeError(full).what).toBe("adm-17.csv could not be written (the disk is full).");
  expect(describeError(full, "zh").what).toBe("无法写入 adm-17.csv（磁盘已满）。");
  expect(new NotegrainError(full.code, full.params).message).toBe(describeError(full).what);
});

test("a reason without words stands as it is", () => {
  const odd = { code: "NG-READ", params: { name: "a.txt", reason: "ENXIO" } } as const;
  expect(describeError(odd, "zh").what).toBe("无法读取 a.txt（ENXIO）。");
  const inherited = { ...odd, params: { name: "a.txt", reason: "toString" } };
  expect(describeError(inherited).what).toContain("(toString)");
});

test("the words of a reason are filled by the other values, in the reader's language", () => {
  const params = { name: "a.gguf", reason: "ADAPTER-SIZE", tensor: "blk.0.attn_q.weight" };
  const error = { code: "NG-ADAPTER-BASE", params } as const;
  expect(describeReason(error)).toBe("blk.0.attn_q.weight has another size");
  expect(describeReason(error, "zh")).toBe("blk.0.attn_q.weight 的大小不同");
  expect(describeError(error, "zh").what).toBe(
    "适配器 a.gguf 对应另一个基础模型（blk.0.attn_q.weight 的大小不同）。",
  );
  const gone = { code: "NG-NOT-FOUND", params: { what: "case", name: "7" } } as const;
  expect(describeError(gone, "zh").what).toBe("没有找到病例 7。");
});

test("a name that looks like a code stays a name", () => {
  const gone = { code: "NG-NOT-FOUND", params: { what: "model", name: "ENOENT" } } as const;
  expect(describeError(gone).what).toBe("There is no model ENOENT.");
});

test("the words of a reason in both languages take the same values", () => {
  const values = (words: string) => [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted();
  for (const { en, zh } of Object.values(reasons)) expect(values(zh)).toEqual(values(en));
});

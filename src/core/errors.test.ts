import { expect, test } from "vitest";
import { describeError, NotegrainError } from "./errors.ts";

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

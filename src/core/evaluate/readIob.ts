import { NotegrainError } from "../errors.ts";
import type { GoldDocument, TypedSpan } from "./gold.ts";
import { goldMentions } from "./readBrat.ts";

type Token = { readonly text: string; readonly tag: "O" | "B" | "I"; readonly type: string };

const TAGGED = /^(\s|\S+)(?:\s.*)?\s(?:O|(?<tag>[BI])[-_](?<type>\S+))$/u;

/**
 * An IOB file: a token and its tag on a line, parted by a tab or a space (columns between are passed over), `B-`/`I-`
 * or `B_`/`I_` before the type, a blank line after each document. Where every token is one character (Chinese), the
 * text is the characters in a row, else the tokens with a space between. An `I` that goes on with nothing opens a
 * mention, as conlleval reads it.
 * @param name documents are called `name-0001`, `name-0002`, …
 * @throws NG-GOLD where a line has no such tag
 */
export function readIob(name: string, content: string): GoldDocument[] {
  const blocks: Token[][] = [[]];
  content.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === "") {
      if (blocks.at(-1)?.length) blocks.push([]);
    } else if (!line.startsWith("-DOCSTART-")) {
      blocks.at(-1)?.push(readToken(line, name, index + 1));
    }
  });
  const documents = blocks.filter((tokens) => tokens.length > 0);
  const characters = documents.every((tokens) => tokens.every((token) => [...token.text].length === 1));
  return documents.map((tokens, index) => {
    const number = String(index + 1).padStart(4, "0");
    return assemble(`${name}-${number}`, tokens, characters ? "" : " ");
  });
}

function readToken(line: string, name: string, lineNumber: number): Token {
  const match = TAGGED.exec(line);
  if (!match) {
    throw new NotegrainError("NG-GOLD", { name, reason: "GOLD-NO-TAG", line: lineNumber });
  }
  const { tag = "O", type = "" } = match.groups ?? {};
  return { text: match[1] ?? "", tag: tag as Token["tag"], type };
}

function assemble(name: string, tokens: readonly Token[], separator: string): GoldDocument {
  const mentions: TypedSpan[] = [];
  let text = "";
  let previous: Token | undefined;
  for (const token of tokens) {
    const start = text === "" ? 0 : text.length + separator.length;
    text += (text === "" ? "" : separator) + token.text;
    const last = mentions.at(-1);
    const goesOn =
      token.tag === "I" && previous !== undefined && previous.tag !== "O" && previous.type === token.type;
    if (goesOn && last) mentions[mentions.length - 1] = { ...last, end: text.length };
    else if (token.tag !== "O") mentions.push({ start, end: text.length, type: token.type });
    previous = token;
  }
  return { name, text, mentions: goldMentions(mentions, text) };
}

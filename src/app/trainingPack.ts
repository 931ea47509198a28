import { isKept } from "#core/entity/entity.ts";
import type { Extraction } from "#core/entity/extraction.ts";
import type { OwnType } from "#core/entity/ownTypes.ts";
import { isReviewed } from "#core/entity/reviewed.ts";
import { toBrat } from "#core/export/brat.ts";
import { sha256Hex } from "./extractNote.ts";

export type PackFile = { readonly name: string; readonly content: string };

/**
 * Reviewed notes (see `isReviewed`) as training material: brat files and a manifest with their hashes. What stands
 * in it is told in docs/training-pack.md.
 * @param ownTypes the user's own types; what they mean goes with the notes that were read for them
 */
export function trainingPack(
  extractions: readonly Extraction[],
  ownTypes: readonly OwnType[] = [],
): PackFile[] {
  const reviewed = extractions.filter(({ entities }) => isReviewed(entities));
  const documents = reviewed.map((extraction) => {
    const { ann, txt } = toBrat(extraction);
    const name = extraction.document.id;
    const { types, modelSha256, adapterSha256, promptSha256 } = extraction.run;
    return {
      files: [
        { name: `${name}.ann`, content: ann },
        { name: `${name}.txt`, content: txt },
      ],
      entry: {
        name,
        language: extraction.document.language,
        entities: extraction.entities.filter(isKept).length,
        annSha256: sha256Hex(ann),
        txtSha256: sha256Hex(txt),
        // What is not marked was looked for only where its type was asked for.
        types,
        run: { modelSha256, adapterSha256, promptSha256 },
      },
    };
  });
  const types = [...new Set(reviewed.flatMap(({ run }) => run.types))];
  const explained = ownTypes.filter(({ name }) => types.includes(name));
  const manifest = {
    schema: "notegrain/training@1",
    types,
    ...(explained.length > 0 && { ownTypes: explained }),
    documents: documents.map(({ entry }) => entry),
  };
  return [
    { name: "manifest.json", content: `${JSON.stringify(manifest, null, 2)}\n` },
    ...documents.flatMap(({ files }) => files),
  ];
}

/** The part of the browser's FileSystemEntry that the walk needs. */
export type DroppedEntry = {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly name: string;
  file?(done: (file: File) => void, failed: (error: unknown) => void): void;
  createReader?(): {
    readEntries(done: (entries: DroppedEntry[]) => void, failed: (error: unknown) => void): void;
  };
};

/** A file of a drop, or the name of one that the system would not hand over. */
export type Dropped = { readonly file: File } | { readonly unreadable: string };

/**
 * The files of dropped entries, folders walked to the bottom, in the order of their names.
 * Hidden files (".DS_Store") are left out: nobody dropped them on purpose.
 */
export async function* walkEntries(entries: readonly DroppedEntry[]): AsyncGenerator<Dropped> {
  for (const entry of [...entries].sort((one, other) => one.name.localeCompare(other.name))) {
    if (entry.name.startsWith(".")) continue;
    try {
      if (entry.isDirectory) yield* walkEntries(await listFolder(entry));
      else yield { file: await openFile(entry) };
    } catch {
      yield { unreadable: entry.name };
    }
  }
}

async function listFolder(folder: DroppedEntry): Promise<DroppedEntry[]> {
  const reader = folder.createReader?.();
  const found: DroppedEntry[] = [];
  if (reader === undefined) return found;
  // A browser hands out at most a hundred entries at a time; an empty answer is the end.
  for (;;) {
    const part = await new Promise<DroppedEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (part.length === 0) return found;
    found.push(...part);
  }
}

function openFile(entry: DroppedEntry): Promise<File> {
  return new Promise((done, failed) => {
    if (entry.file === undefined) failed(new Error("not a file"));
    else entry.file(done, failed);
  });
}

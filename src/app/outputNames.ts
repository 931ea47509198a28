/**
 * Names of the result files, without their format's extension, one for each input: the input's own path
 * without its extension; with it, where two inputs would share a name (`a.md` beside `a.txt`); with a number
 * where even that clashes.
 * @param inputs paths relative to what was asked for, "/" between folders
 */
export function outputNames(inputs: readonly string[]): string[] {
  const stems = inputs.map(withoutExtension);
  const seen = new Set<string>();
  const shared = new Set(stems.filter((stem) => seen.size === seen.add(stem).size));
  const taken = new Set<string>();
  return inputs.map((input, index) => {
    const wanted = shared.has(stems[index] ?? "") ? input : (stems[index] ?? input);
    let name = wanted;
    for (let number = 2; taken.has(name); number++) name = `${wanted}.${number}`;
    taken.add(name);
    return name;
  });
}

/** "notes/a.tar.txt" → "notes/a.tar"; a leading dot is part of the name. */
function withoutExtension(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? path.slice(0, path.length - (name.length - dot)) : path;
}

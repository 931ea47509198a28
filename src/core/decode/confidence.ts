/**
 * The confidence of an entity: the probability that a tag of this type opens before its first piece, times
 * the probability that it closes after its last, both given what was written before. Where an opening takes
 * several tokens, `opening` is the product of theirs.
 */
export function spanConfidence(opening: number, closing: number): number {
  return opening * closing;
}

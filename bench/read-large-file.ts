// How long a text file of 50 MB takes to become a note, and how much longer than one of 5 MB.
//   node bench/read-large-file.ts
// Seconds are those of the processor, which a busy machine does not lengthen much.
import { makeNoteReader } from "#files/noteReader.ts";

const ROUNDS = 3;
const LINE = "Denies chest pain. 胸痛两天，伴气促。 🫀\r\n";
const reader = makeNoteReader();
const encoder = new TextEncoder();

const small = seconds(5_000_000);
const large = seconds(50_000_000);
process.stdout.write(
  `50 MB: ${large.toFixed(2)} s; 5 MB: ${small.toFixed(3)} s: ${(large / small).toFixed(1)} times\n`,
);

/** The quickest of some rounds: the first ones compile. */
function seconds(bytes: number): number {
  const file = encoder.encode(LINE.repeat(Math.ceil(bytes / encoder.encode(LINE).length)));
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage();
    reader.read(file, "long.txt");
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000_000;
  });
  return Math.min(...rounds);
}

/** What a model can compute on, on this computer. */
export type Processors = {
  /** The processor's own name. */
  readonly name: string;
  /** Threads that the system offers to this program. */
  readonly threads: number;
  /** Null where there is no graphics processor that the engine can use. */
  readonly graphics: {
    readonly by: "cuda" | "metal" | "vulkan";
    readonly devices: readonly string[];
  } | null;
};

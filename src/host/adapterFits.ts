import type { ModelReport } from "#contract/records.ts";
import type { StorePort } from "#core/storePort.ts";
import { checkFile } from "./modelReports.ts";

type Placed = {
  readonly id: string;
  readonly path: string;
  readonly present: boolean;
  readonly report: Pick<ModelReport, "kind" | "sha256">;
};

const fitsKey = "models.fits";

/**
 * Which models an adapter fits. What two files say of each other never changes, so that each pair is looked at once
 * and the answer kept under both hashes: a list of models is quick, and stays true when a model comes or goes.
 * @returns a function that answers with the ids of those models; none for what is no adapter
 */
export function createAdapterFits(store: StorePort) {
  const kept = () => (store.getSetting(fitsKey) ?? {}) as Readonly<Record<string, boolean>>;

  async function fits(adapter: Placed, model: Placed): Promise<boolean> {
    const pair = `${adapter.report.sha256} ${model.report.sha256}`;
    const known = kept()[pair];
    if (known !== undefined || !adapter.present || !model.present) return known ?? false;
    try {
      const report = await checkFile(adapter.path, { basePath: model.path, measure: false });
      const answer = report.adapter?.fitsBase ?? false;
      store.setSetting(fitsKey, { ...kept(), [pair]: answer });
      return answer;
    } catch {
      return false; // a file that cannot be read is asked again the next time
    }
  }

  return async (adapter: Placed, list: readonly Placed[]): Promise<readonly string[]> => {
    if (adapter.report.kind === "model") return [];
    const models = list.filter(({ report }) => report.kind === "model");
    const answers = await Promise.all(models.map((model) => fits(adapter, model)));
    return models.filter((_, i) => answers[i]).map(({ id }) => id);
  };
}

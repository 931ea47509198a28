import { Alert, Button, Group, Radio, Stack, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { InstalledModel, ModelsState } from "#contract/records.ts";
import type { Paradigm } from "#core/entity/extraction.ts";
import { Screen } from "../frame/Screen.tsx";
import { useText } from "../frame/useText.ts";
import { useAnswer } from "../state/useAnswer.ts";
import { useCall } from "../state/useCall.ts";
import { BesideModel } from "./BesideModel.tsx";
import { keptBeside } from "./beside.ts";
import { ModelCard } from "./ModelCard.tsx";
import { useModelCheck } from "./ModelCheckProvider.tsx";
import { RemoveModel } from "./RemoveModel.tsx";
import { paradigms, possibleWay, waysOf } from "./ways.ts";

type Chosen = ModelsState["chosen"];

/** What is installed, what reads new notes and how; a new model is looked at before anything is loaded. */
export function ModelsScreen() {
  const { t, explain } = useText();
  const call = useCall();
  const check = useModelCheck();
  const [removing, setRemoving] = useState<InstalledModel | null>(null);
  const state = useAnswer("models.list", {}, { refreshOn: ["models"] });
  const known = state.value;
  // A choice shows at once; what the backend then tells takes its place.
  const [wanted, setWanted] = useState<{ of: ModelsState; chosen: Chosen } | null>(null);
  const chosen = wanted !== null && wanted.of === known ? wanted.chosen : known?.chosen;

  async function choose(patch: Partial<Chosen>): Promise<void> {
    if (known === undefined || chosen === undefined) return;
    const next = { ...chosen, ...patch };
    setWanted({ of: known, chosen: next });
    if ((await call("models.choose", next)) === undefined) setWanted(null);
  }

  const installed = known?.models ?? [];
  const models = installed.filter((model) => model.report.kind === "model");
  const reportOf = (id: string | null) => installed.find((model) => model.id === id)?.report;
  const waysFor = (modelId: string | null, adapterId: string | null) =>
    waysOf(reportOf(modelId), reportOf(adapterId));
  /** What is read with, and in the way in which that can read. */
  const chooseWeights = (modelId: string, adapterId: string | null, way: Paradigm) => ({
    modelId,
    adapterId,
    paradigm: possibleWay(way, waysFor(modelId, adapterId)),
  });
  const ways = waysFor(chosen?.modelId ?? null, chosen?.adapterId ?? null);

  return (
    <Screen title={t("models:title")}>
      {state.error !== null && (
        <Alert color="red" variant="light" title={explain(state.error).what} mb="md" role="alert">
          {explain(state.error).next}
        </Alert>
      )}
      <Group justify="space-between" align="baseline" mb="sm">
        <Title order={2} size="h4" id="models-choose">
          {t("models:choose")}
        </Title>
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={check.choose}>
          {t("models:add")}
        </Button>
      </Group>
      {chosen !== undefined && (
        <>
          <Radio.Group
            value={chosen.modelId}
            aria-labelledby="models-choose"
            onChange={(modelId) =>
              choose({
                ...chooseWeights(modelId, keptBeside(chosen.adapterId, modelId, installed), chosen.paradigm),
                selectorId: keptBeside(chosen.selectorId, modelId, installed),
              })
            }
          >
            <Stack gap="xs">
              {models.map((model) => (
                <ModelCard
                  key={model.id}
                  model={model}
                  chosen={model.id === chosen.modelId}
                  onRemove={setRemoving}
                />
              ))}
            </Stack>
          </Radio.Group>

          <BesideModel
            beside="adapter"
            modelId={chosen.modelId}
            models={installed}
            value={chosen.adapterId}
            onChange={(adapterId) =>
              choose(chooseWeights(chosen.modelId, adapterId, adapterId ? "tuned" : chosen.paradigm))
            }
            onRemove={setRemoving}
          />
          <BesideModel
            beside="selector"
            modelId={chosen.modelId}
            models={installed}
            value={chosen.selectorId}
            onChange={(selectorId) => choose({ selectorId })}
            onRemove={setRemoving}
          />

          <Title order={2} size="h4" mt="xl" mb="xs" id="models-paradigm">
            {t("models:paradigm")}
          </Title>
          <Radio.Group
            value={chosen.paradigm}
            aria-labelledby="models-paradigm"
            onChange={(paradigm) => choose({ paradigm: paradigm as Chosen["paradigm"] })}
          >
            <Stack gap="sm">
              {paradigms.map((paradigm) => (
                <Radio
                  key={paradigm}
                  value={paradigm}
                  label={t(`models:paradigms.${paradigm}.name`)}
                  description={t(
                    `models:paradigms.${paradigm}.${ways.has(paradigm) ? "text" : "unavailable"}`,
                  )}
                  disabled={!ways.has(paradigm)}
                />
              ))}
            </Stack>
          </Radio.Group>
        </>
      )}
      <RemoveModel model={removing} onClose={() => setRemoving(null)} />
    </Screen>
  );
}

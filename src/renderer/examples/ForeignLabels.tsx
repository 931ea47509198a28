import { Alert, Select, Text } from "@mantine/core";
import { IconTags } from "@tabler/icons-react";
import type { BankState } from "#contract/examples.ts";
import { entityTypes } from "#core/entity/entityTypes.ts";
import { useText } from "../frame/useText.ts";
import { useSettings } from "../state/settings.tsx";
import { useCall } from "../state/useCall.ts";
import classes from "./examples.module.css";

/** Names at marks that are none of the user's types, and which type each of them means. */
export function ForeignLabels({ labels }: { readonly labels: BankState["foreignLabels"] }) {
  const { t, number, typeLabel } = useText();
  const call = useCall();
  const { settings } = useSettings();
  const types = [...entityTypes, ...settings.ownTypes].map(({ name }) => ({
    value: name,
    label: typeLabel(name),
  }));
  return (
    <Alert
      mb="md"
      variant="default"
      icon={<IconTags />}
      title={t("examples:foreign", { n: number(labels.length) })}
      data-foreign-labels
    >
      <Text size="sm" mb="xs">
        {t("examples:foreignText")}
      </Text>
      <details>
        <summary>{t("examples:foreignShow")}</summary>
        <ul className={`${classes.list} ${classes.told}`}>
          {labels.map(({ label, marks }) => (
            <li key={label} className={classes.foreign}>
              <span>{t("examples:foreignLabel", { label, n: number(marks) })}</span>
              <Select
                size="xs"
                searchable
                aria-label={t("examples:means", { label })}
                placeholder={t("examples:meansWhich")}
                data={types}
                value={null}
                onChange={(type) => type !== null && void call("examples.relabel", { label, type })}
              />
            </li>
          ))}
        </ul>
      </details>
    </Alert>
  );
}

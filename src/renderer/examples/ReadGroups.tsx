import { Alert, Button, Text } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import type { BankState } from "#contract/examples.ts";
import { typeNames } from "#core/entity/entityTypes.ts";
import { useText } from "../frame/useText.ts";
import { useSettings } from "../state/settings.tsx";
import { useCall } from "../state/useCall.ts";
import classes from "./examples.module.css";

/** Examples that were read for some types only, by these types, and the way to say that they were read for all. */
export function ReadGroups({ groups }: { readonly groups: BankState["readGroups"] }) {
  const { t, number, typeLabel } = useText();
  const call = useCall();
  const { settings } = useSettings();
  const known = [...typeNames(settings.ownTypes)];

  /** By the shorter list: the types that they were read for, or the others. */
  function words({ types, examples }: (typeof groups)[number]): string {
    const others = known.filter((name) => !types.includes(name));
    const n = number(examples);
    const list = (names: readonly string[]) => names.map(typeLabel).join(", ");
    if (types.length === 0) return t("examples:readForNone", { n });
    return others.length < types.length
      ? t("examples:notReadFor", { n, types: list(others) })
      : t("examples:readFor", { n, types: list(types) });
  }

  const total = groups.reduce((sum, { examples }) => sum + examples, 0);
  return (
    <Alert
      mb="md"
      variant="default"
      icon={<IconFilter />}
      title={t("examples:readGroups", { n: number(total) })}
      data-read-groups
    >
      <Text size="sm" mb="xs">
        {t("examples:readGroupsText")}
      </Text>
      <details>
        <summary>{t("examples:readGroupsShow")}</summary>
        <ul className={`${classes.list} ${classes.told}`}>
          {groups.map((group) => (
            <li key={group.types.join(" ")} className={classes.foreign}>
              <span>{words(group)}</span>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => void call("examples.readForAll", { types: [...group.types] })}
              >
                {t("examples:readForAll")}
              </Button>
            </li>
          ))}
        </ul>
      </details>
    </Alert>
  );
}

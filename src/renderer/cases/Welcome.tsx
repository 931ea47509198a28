import { Button, Text, Title } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { KeyCaps } from "../frame/keys/KeyCaps.tsx";
import { useText } from "../frame/useText.ts";
import { useImport } from "../import/ImportProvider.tsx";
import { useAnswer } from "../state/useAnswer.ts";
import classes from "./Welcome.module.css";

/** The desk with no note on it: what to do first, with the example one click away. */
export function Welcome() {
  const { t } = useText();
  const { importExample, chooseFiles } = useImport();
  const everything = { search: "", status: null, sort: "updated", offset: 0, limit: 1 } as const;
  const cases = useAnswer("cases.list", everything, { refreshOn: ["cases"] });
  if (cases.value === undefined) return null;
  const first = cases.value.total === 0;
  return (
    <div className={classes.desk}>
      <div className={classes.sheet}>
        <IconFileText size={36} stroke={1.2} aria-hidden />
        <Title order={1} size="h3">
          {first ? t("cases:welcome.title") : t("cases:welcome.choose")}
        </Title>
        <Text c="dimmed">{first ? t("cases:welcome.text") : t("cases:welcome.chooseText")}</Text>
        <div className={classes.buttons}>
          <Button onClick={() => chooseFiles("files")}>{t("cases:welcome.chooseFiles")}</Button>
          <Button variant="default" onClick={() => void importExample()}>
            {t("cases:welcome.example")}
          </Button>
        </div>
        <Text c="dimmed" size="sm">
          {t("cases:welcome.paste")} <KeyCaps keys="Mod+v" />
        </Text>
        <Text c="dimmed" size="sm">
          {t("cases:welcome.offline")}
        </Text>
      </div>
    </div>
  );
}

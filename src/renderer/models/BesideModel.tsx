import { Select, Text, Title } from "@mantine/core";
import type { InstalledModel } from "#contract/records.ts";

/** A file as an option; one that is gone cannot be chosen. */
export function asOption({ id, report, present }: InstalledModel) {
  return { value: id, label: report.name, disabled: !present };
}

/** The choice of one thing that works beside the model, or of none. */
export function BesideModel(props: {
  /** Of the heading, which names the field. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly none: string;
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    readonly disabled?: boolean;
  }[];
  readonly value: string | null;
  onChange(value: string | null): void;
}) {
  return (
    <>
      <Title order={2} size="h4" mt="xl" mb="xs" id={props.id}>
        {props.title}
      </Title>
      <Text c="dimmed" mb="sm">
        {props.text}
      </Text>
      <Select
        aria-labelledby={props.id}
        maw={420}
        allowDeselect={false}
        data={[{ value: "", label: props.none }, ...props.options]}
        value={props.value ?? ""}
        onChange={(value) => props.onChange(value || null)}
      />
    </>
  );
}

import { Group, NumberInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { SettingRow } from "./SettingRow.tsx";

/** A setting that is a whole number. What is typed counts as soon as it lies between `least` and `most`. */
export function NumberSetting(props: {
  /** Id of the control. */
  readonly control: string;
  readonly name: string;
  readonly text: string;
  readonly least: number;
  readonly most: number;
  readonly step?: number;
  /** Null where the program chooses. */
  readonly value: number | null;
  /** What stands there then; without it a number is always wanted. */
  readonly automatic?: string;
  onChange(value: number | null): void;
  /** Beside the control. */
  readonly children?: ReactNode;
}) {
  const { control, least, most, value, automatic } = props;
  // A number that is being typed may be too small for a moment: it stays in sight until the field is left.
  const [typed, setTyped] = useState<{ readonly of: number | null; readonly words: number | string } | null>(
    null,
  );

  function change(words: number | string): void {
    const isNumber = typeof words === "number" && words >= least && words <= most;
    const next = isNumber ? words : words === "" && automatic !== undefined ? null : value;
    setTyped({ of: next, words });
    if (next !== value) props.onChange(next);
  }

  return (
    <SettingRow control={control} name={props.name} text={props.text}>
      <Group gap="xs">
        {props.children}
        <NumberInput
          id={control}
          aria-describedby={`${control}-text`}
          w={140}
          min={least}
          max={most}
          step={props.step ?? 1}
          allowDecimal={false}
          placeholder={automatic}
          value={typed?.of === value ? typed.words : (value ?? "")}
          onChange={change}
          onBlur={() => setTyped(null)}
        />
      </Group>
    </SettingRow>
  );
}

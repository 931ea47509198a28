import { Alert, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import type { PlainError } from "#core/errors.ts";
import { useEvent } from "../state/client.tsx";
import { useText } from "./useText.ts";

/** Tells that the backend is gone, until it is back. */
export function BackendNotice() {
  const { explain } = useText();
  const [error, setError] = useState<PlainError | null>(null);
  useEvent("backend", (event) => setError(event.error));
  if (error === null) return null;
  const { what, next } = explain(error);
  return (
    <Alert
      variant="light"
      color="red"
      radius={0}
      py="xs"
      icon={<IconAlertTriangle size={18} />}
      title={what}
      role="alert"
    >
      <Text size="sm">{next}</Text>
    </Alert>
  );
}

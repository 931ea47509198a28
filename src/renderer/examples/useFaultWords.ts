import { describeReason } from "#core/errors.ts";
import type { ExampleFault } from "#core/examples/checkExamples.ts";
import { useText } from "../frame/useText.ts";

/** Why an example cannot be shown, in the user's language. */
export function useFaultWords(): (fault: ExampleFault) => string {
  const { language } = useText();
  return (reason) => describeReason({ code: "NG-EXAMPLES", params: { reason } }, language);
}

/**
 * The FHIR R4 data types that the export uses (https://hl7.org/fhir/R4/datatypes.html). Resources stay open records:
 * the validator, not the compiler, knows all of their elements.
 */
export type Coding = { readonly system?: string; readonly code: string; readonly display?: string };

export type Reference = {
  readonly extension?: readonly Extension[];
  readonly reference?: string;
  readonly identifier?: Identifier;
  readonly display?: string;
};

export type Identifier = {
  readonly type?: CodeableConcept;
  readonly system?: string;
  readonly value: string;
};

export type CodeableConcept = {
  readonly extension?: readonly Extension[];
  readonly coding?: readonly Coding[];
  readonly text?: string;
};

export type Quantity = {
  readonly extension?: readonly Extension[];
  readonly value: number;
  readonly comparator?: "<" | "<=" | ">=" | ">";
  readonly unit?: string;
  readonly system?: string;
  readonly code?: string;
};

export type Range = {
  readonly extension?: readonly Extension[];
  readonly low: Quantity;
  readonly high: Quantity;
};

export type Extension = {
  readonly url: string;
  readonly extension?: readonly Extension[];
  readonly valueString?: string;
  readonly valueInteger?: number;
  readonly valueDecimal?: number;
  readonly valueCode?: string;
  readonly valueCoding?: Coding;
  readonly valueCodeableConcept?: CodeableConcept;
  readonly valueReference?: Reference;
};

export type Resource = {
  readonly resourceType: string;
  readonly id?: string;
  readonly extension?: readonly Extension[];
  readonly [element: string]: unknown;
};

export type BundleEntry = { readonly fullUrl: string; readonly resource: Resource };

export type Bundle = {
  readonly resourceType: "Bundle";
  readonly id: string;
  readonly identifier: Identifier;
  readonly type: "document";
  readonly timestamp: string;
  readonly entry: readonly BundleEntry[];
};

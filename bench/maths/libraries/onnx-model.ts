// Writes an ONNX model: a few protocol buffer messages, whose fields are numbered in onnx/onnx.proto.

const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(Math.floor(n / 128))]);
const bytes = (field: number, value: number[]) => [
  ...varint(field * 8 + 2),
  ...varint(value.length),
  ...value,
];
const text = (field: number, value: string) => bytes(field, [...Buffer.from(value)]);
const integer = (field: number, value: number) => [...varint(field * 8), ...varint(value)];

/** ONNX's numbers for the kinds of tensors. */
export const kinds = { float32: 1, int64: 7, float64: 11 } as const;

export interface Tensor {
  name: string;
  kind: keyof typeof kinds;
  shape: number[];
}

export interface Node {
  operator: string;
  inputs: string[];
  outputs: string[];
  attributes?: Record<string, number | string>;
}

function attribute(name: string, value: number | string): number[] {
  const typed =
    typeof value === "number"
      ? [...integer(3, value), ...integer(20, 2)]
      : [...text(4, value), ...integer(20, 3)];
  return bytes(5, [...text(1, name), ...typed]);
}

const node = ({ operator, inputs, outputs, attributes = {} }: Node) => [
  ...inputs.flatMap((name) => text(1, name)),
  ...outputs.flatMap((name) => text(2, name)),
  ...text(4, operator),
  ...Object.entries(attributes).flatMap(([name, value]) => attribute(name, value)),
];

function valueInfo({ name, kind, shape }: Tensor): number[] {
  const dimensions = bytes(
    2,
    shape.flatMap((size) => bytes(1, integer(1, size))),
  );
  return [...text(1, name), ...bytes(2, bytes(1, [...integer(1, kinds[kind]), ...dimensions]))];
}

/** A model in the file format of ONNX 1.15 with operator set 18. */
export function onnxModel(nodes: Node[], inputs: Tensor[], outputs: Tensor[]): Uint8Array {
  const graph = [
    ...nodes.flatMap((one) => bytes(1, node(one))),
    ...text(2, "graph"),
    ...inputs.flatMap((one) => bytes(11, valueInfo(one))),
    ...outputs.flatMap((one) => bytes(12, valueInfo(one))),
  ];
  return Uint8Array.from([
    ...integer(1, 9),
    ...bytes(7, graph),
    ...bytes(8, [...text(1, ""), ...integer(2, 18)]),
  ]);
}

// onnxruntime-node: models of one or a few operators. Its inference build has no gradient of the loss, so that is
// put together from operators as a user would: exp(log-softmax), minus one at the class, divided by the rows.
import type { Inputs, Job, Program, Work } from "../work";
import { load, versionOf } from "./load";
import { type Node, onnxModel, type Tensor } from "./onnx-model";
import { perRow } from "./tfjs";

type Feeds = Record<string, { data: ArrayLike<number> }>;
interface Session {
  run(feeds: Feeds, fetches: string[]): Promise<Feeds>;
  release(): Promise<void>;
}
interface Ort {
  Tensor: new (kind: string, data: unknown, shape: number[]) => { data: ArrayLike<number> };
  InferenceSession: {
    create(
      model: Uint8Array,
      options: { intraOpNumThreads: number; interOpNumThreads: number },
    ): Promise<Session>;
  };
}

const softmaxLoss = { operator: "SoftmaxCrossEntropyLoss", attributes: { reduction: "mean" } };

function graphOf({
  operation,
  kind,
  B,
  V,
}: Work): { nodes: Node[]; inputs: Tensor[]; outputs: Tensor[] } | undefined {
  const z: Tensor = { name: "z", kind, shape: [B, V] };
  const y: Tensor = { name: "y", kind: "int64", shape: [B] };
  const loss: Tensor = { name: "loss", kind, shape: [] };
  const out: Tensor = { name: "out", kind, shape: [B, V] };
  if (operation === "log-softmax") {
    const nodes = [{ operator: "LogSoftmax", inputs: ["z"], outputs: ["out"] }];
    return { nodes, inputs: [z], outputs: [out] };
  }
  if (operation === "loss")
    return {
      nodes: [{ ...softmaxLoss, inputs: ["z", "y"], outputs: ["loss"] }],
      inputs: [z, y],
      outputs: [loss],
    };
  if (operation !== "loss + gradient") return undefined;
  const column: Tensor = { name: "column", kind: "int64", shape: [B, 1] };
  const minusOne: Tensor = { name: "minusOne", kind, shape: [B, 1] };
  const rows: Tensor = { name: "rows", kind, shape: [] };
  return {
    nodes: [
      { ...softmaxLoss, inputs: ["z", "y"], outputs: ["loss", "logQ"] },
      { operator: "Exp", inputs: ["logQ"], outputs: ["q"] },
      {
        operator: "ScatterElements",
        inputs: ["q", "column", "minusOne"],
        outputs: ["difference"],
        attributes: { axis: 1, reduction: "add" },
      },
      { operator: "Div", inputs: ["difference", "rows"], outputs: ["out"] },
    ],
    inputs: [z, y, column, minusOne, rows],
    outputs: [loss, out],
  };
}

export function onnxruntime(threads: number): Program {
  const { InferenceSession, Tensor } = load<Ort>("onnxruntime-node");
  const options = { intraOpNumThreads: threads, interOpNumThreads: 1 };

  function jobOf(work: Work, { z, y }: Inputs, session: Session, release: () => void): Job {
    const { kind, B, V, operation } = work;
    const Floats = kind === "float32" ? Float32Array : Float64Array;
    const classes = BigInt64Array.from(y, BigInt);
    const all: Feeds = {
      z: new Tensor(kind, z, [B, V]),
      y: new Tensor("int64", classes, [B]),
      column: new Tensor("int64", classes, [B, 1]),
      minusOne: new Tensor(kind, new Floats(B).fill(-1), [B, 1]),
      rows: new Tensor(kind, Floats.of(B), []),
    };
    const { inputs, outputs } = graphOf(work)!;
    const feeds = Object.fromEntries(inputs.map(({ name }) => [name, all[name]!]));
    const fetches = outputs.map(({ name }) => name);
    let results: Feeds = {};
    return {
      async call() {
        results = await session.run(feeds, fetches);
      },
      values: () => ({
        loss: results.loss?.data[0],
        out: operation === "loss" ? undefined : results.out?.data,
      }),
      close: release,
    };
  }

  return {
    version: versionOf("onnxruntime-node"),
    async prepare(work, inputs) {
      const one = work.single ? { ...work, B: 1 } : work;
      const graph = graphOf(one);
      if (graph === undefined) return undefined;
      const session = await InferenceSession.create(
        onnxModel(graph.nodes, graph.inputs, graph.outputs),
        options,
      );
      const release = () => void session.release();
      if (!work.single) return jobOf(work, inputs, session, release);
      return perRow(work, inputs, (row, its) => jobOf(row, its, session, () => {}));
    },
  };
}

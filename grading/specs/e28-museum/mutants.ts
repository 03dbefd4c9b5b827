import type { Answer, Mutant } from "../../specification";
import { hints, labels } from "./labels";
import { wrongAverages } from "./wrong-averages";
import { wrongLosses } from "./wrong-losses";

const inCode = Object.entries({ ...wrongLosses, ...wrongAverages }).flatMap(([fn, list]) =>
  list.map(([name, message, code]): Mutant => {
    const answer: Answer = { [fn]: code };
    return { name: `${fn}: ${name}`, check: fn, message, code: answer };
  }),
);
const inNames = Object.entries(hints).map(([confusion, message]): Mutant => {
  const [fn, label] = confusion.split(": ") as [string, string];
  return { name: confusion, check: "mistakes", message, code: { mistakes: { ...labels, [fn]: label } } };
});

export const mutants: readonly Mutant[] = [...inCode, ...inNames];

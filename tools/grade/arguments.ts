/** Options of the grading commands: `--name value`, `--name=value`, `--flag`, and the rest in order. */
import { Failure } from "../failure";

export interface Arguments {
  readonly rest: readonly string[];
  /** the value of an option, if it was given */
  value(name: string): string | undefined;
  has(flag: string): boolean;
  number(name: string, usual: number): number;
}

const help = "see grading/README.md";

export function readArguments(
  args: readonly string[],
  values: readonly string[],
  flags: readonly string[],
): Arguments {
  const given = new Map<string, string>();
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const match = /^--([\w-]+)(?:=(.*))?$/s.exec(args[i]!);
    if (match === null) rest.push(args[i]!);
    else if (flags.includes(match[1]!) && match[2] === undefined) given.set(match[1]!, "");
    else if (values.includes(match[1]!)) {
      const value = match[2] ?? args[++i];
      if (value === undefined) throw new Failure(`--${match[1]} wants a value.`, help, help);
      given.set(match[1]!, value);
    } else {
      const known = [...values.map((v) => `--${v} …`), ...flags.map((f) => `--${f}`)].join(", ");
      throw new Failure(`There is no option --${match[1]} here.`, `the options are ${known}`, help);
    }
  }
  return {
    rest,
    value: (name) => given.get(name),
    has: (flag) => given.has(flag),
    number: (name, usual) => {
      const text = given.get(name);
      if (text === undefined) return usual;
      const value = Number(text);
      if (!Number.isInteger(value) || value < 1)
        throw new Failure(`--${name} wants a whole number from 1, got ${text}.`, help, help);
      return value;
    },
  };
}

/** The errors that a person at the keyboard can mend, without a stack. */
export async function plainly(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    const known = [
      "Failure",
      "RangeError",
      "SettingsError",
      "MergeRefused",
      "Refused",
      "TierDenied",
      "ExportRefused",
    ];
    if (!(error instanceof Error) || !known.includes(error.name)) throw error;
    console.error(error instanceof Failure ? `\n${error}\n` : `\n✗ ${error.message}\n`);
    return 1;
  }
}

import { type Documentation, documentation, type ReadText } from "./documentation";
import { type Compiler, neverCancelled, type Program, type SourceFile } from "./internals";

export interface Completion {
  start: number;
  end: number;
  candidates: string[];
}

/** What the compiler knows about the name at a position. */
export function inspectAt(
  ts: Compiler,
  program: Program,
  file: SourceFile,
  position: number,
  readText: ReadText,
): Documentation | undefined {
  const checker = program.getTypeChecker();
  const at = (offset: number) => {
    const info = ts.getQuickInfoAtPosition(file, checker, neverCancelled, offset);
    return info && { info, node: ts.getTouchingPropertyName(file, offset) };
  };
  // A cursor stands after the name that it means: `entropy|(`.
  const found = at(position) ?? (position > 0 ? at(position - 1) : undefined);
  if (!found) return undefined;
  const signature = (found.info.displayParts ?? []).map((part) => part.text).join("");
  let symbol = checker.getSymbolAtLocation(found.node);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  const docs = symbol ? documentation(ts, readText, symbol) : { text: "", tags: [] };
  return { signature: signature.replace(/import\("[^"]*"\)\./g, ""), ...docs };
}

/** How a candidate fits what is typed: 0 starts alike, 1 but for case, 2 inside; -1 not at all. */
function matchOf(candidate: string, typed: string): number {
  if (candidate.startsWith(typed)) return 0;
  const at = candidate.toLowerCase().indexOf(typed.toLowerCase());
  return at === 0 ? 1 : at > 0 ? 2 : -1;
}

export function completeAt(ts: Compiler, program: Program, file: SourceFile, position: number): Completion {
  const info = ts.Completions.getCompletionsAtPositionForTslab(
    {},
    program,
    () => {},
    file,
    position,
    {},
    undefined,
    ts.CompletionTriggerKind.Invoked,
    neverCancelled,
  );
  const before = file.text.slice(0, position);
  const typed = /[\p{ID_Continue}$_]*$/u.exec(before)?.[0] ?? "";
  const rest = /^[\p{ID_Continue}$_]*/u.exec(file.text.slice(position))?.[0] ?? "";
  const candidates = (info?.entries ?? [])
    .filter((entry) => !entry.name.startsWith("__"))
    .map((entry) => ({ name: entry.name, key: entry.sortText, match: matchOf(entry.name, typed) }))
    .filter((entry) => entry.match >= 0)
    .sort((a, b) => a.match - b.match || a.key.localeCompare(b.key) || a.name.localeCompare(b.name));
  return {
    start: position - typed.length,
    end: position + rest.length,
    candidates: [...new Set(candidates.map((entry) => entry.name))],
  };
}

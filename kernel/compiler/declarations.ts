import type { Compiler, SourceFile } from "./internals";

interface Entry {
  name: string;
  value: boolean;
  type: boolean;
  text: string;
  modules: readonly string[];
}

/** The types of what earlier cells have defined, as the text of a declaration file that each new cell sees. */
export class Declarations {
  private entries: Entry[] = [];

  get text(): string {
    return `${this.entries.map((entry) => entry.text).join("\n")}\nexport {};\n`;
  }

  get modules(): string[] {
    return this.entries.flatMap((entry) => entry.modules);
  }

  /**
   * Adds the declarations of a cell; a name that the cell defines again loses its earlier meaning.
   *
   * @param kept - of the values, only these names (a cell that failed half-way has not reached the others)
   * @param imports - for each imported name, what it stands for
   */
  add(
    ts: Compiler,
    emitted: string,
    kept: ReadonlySet<string>,
    imports: ReadonlyMap<string, { value: boolean; type: boolean }>,
  ): void {
    const file = ts.createSourceFile("cell.d.ts", emitted, ts.ScriptTarget.ES2022, true);
    const added = file.statements
      .flatMap((statement) => split(ts, file, statement, imports))
      .filter((entry) => !entry.value || kept.has(entry.name));
    const values = new Set(added.filter((entry) => entry.value).map((entry) => entry.name));
    const types = new Set(added.filter((entry) => entry.type).map((entry) => entry.name));
    // A class or an enum whose value is replaced goes as a whole: its type alone could not be written down.
    this.entries = this.entries.filter(
      (entry) => !(entry.value && values.has(entry.name)) && !(entry.type && types.has(entry.name)),
    );
    this.entries.push(...added);
  }
}

/** One entry per name, so that each can be replaced alone. */
function split(
  ts: Compiler,
  file: SourceFile,
  statement: SourceFile["statements"][number],
  imports: ReadonlyMap<string, { value: boolean; type: boolean }>,
): Entry[] {
  const modules = namedModules(statement.getText(file));
  const entry = (name: string, text: string, value: boolean, type: boolean) => ({
    name,
    text,
    value,
    type,
    modules,
  });
  if (ts.isVariableStatement(statement)) {
    const { declarations, flags } = statement.declarationList;
    const keyword = flags & ts.NodeFlags.Const ? "const" : "let";
    return declarations.map((declaration) =>
      entry(declaration.name.getText(file), `declare ${keyword} ${declaration.getText(file)};`, true, false),
    );
  }
  // With its documentation.
  const text = file.text.slice(statement.getStart(file, true), statement.end);
  if (ts.isFunctionDeclaration(statement)) return [entry(statement.name?.text ?? "", text, true, false)];
  if (ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement))
    return [entry(statement.name?.text ?? "", text, true, true)];
  if (ts.isModuleDeclaration(statement)) return [entry(statement.name.text, text, true, true)];
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    return [entry(statement.name.text, text, false, true)];
  if (ts.isImportEqualsDeclaration(statement)) return [entry(statement.name.text, text, true, true)];
  if (!ts.isImportDeclaration(statement) || !statement.importClause) return [];
  const { importClause } = statement;
  const from = `from ${statement.moduleSpecifier.getText(file)};`;
  const single = (name: string, what: string) => {
    const { value, type } = imports.get(name) ?? { value: true, type: true };
    return entry(name, `import ${importClause.isTypeOnly ? "type " : ""}${what} ${from}`, value, type);
  };
  const result: Entry[] = [];
  if (importClause.name) result.push(single(importClause.name.text, importClause.name.text));
  const bindings = importClause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings))
    result.push(single(bindings.name.text, bindings.getText(file)));
  if (bindings && ts.isNamedImports(bindings))
    for (const element of bindings.elements)
      result.push(single(element.name.text, `{ ${element.getText(file)} }`));
  return result;
}

/** Module names in declarations stand in `from "…"` and `import("…")`. */
function namedModules(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport\(|\brequire\()\s*(["'])(.*?)\1/g)].map((match) => match[2]!);
}

import type { Compiler, Node, SourceFile } from "./internals";

/** What the syntax of a cell tells before its types are known. */
export interface Cell {
  file: SourceFile;
  /** Top-level names that live in the cell's function, with `export` or without. */
  local: Set<string>;
  exported: Set<string>;
  /** Names that import declarations bring in: values or types, which only the checker knows. */
  imported: Set<string>;
  /** Names of types alone: interfaces and type aliases. */
  types: Set<string>;
  /** Names of `var`s inside blocks, which a declaration file leaves out. */
  hoisted: Set<string>;
  modules: Set<string>;
  awaits: boolean;
}

export function readCell(ts: Compiler, name: string, source: string): Cell {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
  const sets = { local: new Set<string>(), exported: new Set<string>(), imported: new Set<string>() };
  const cell: Cell = {
    file,
    ...sets,
    types: new Set(),
    hoisted: new Set(),
    modules: new Set(),
    awaits: false,
  };
  for (const statement of file.statements) declare(ts, statement, cell);
  walk(ts, file, cell, true);
  return cell;
}

const has = (ts: Compiler, node: Node, kind: number) =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);

function bindingNames(ts: Compiler, name: Node, into: Set<string>): void {
  if (ts.isIdentifier(name)) into.add(name.text);
  else if (ts.isObjectBindingPattern(name) || ts.isArrayBindingPattern(name))
    for (const element of name.elements)
      if (ts.isBindingElement(element)) bindingNames(ts, element.name, into);
}

function declare(ts: Compiler, statement: Node, cell: Cell): void {
  const values = has(ts, statement, ts.SyntaxKind.ExportKeyword) ? cell.exported : cell.local;
  if (ts.isVariableStatement(statement)) {
    for (const { name } of statement.declarationList.declarations) bindingNames(ts, name, values);
  } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    if (statement.name) values.add(statement.name.text);
  } else if (ts.isEnumDeclaration(statement) || ts.isModuleDeclaration(statement)) {
    values.add(statement.name.text);
  } else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
    if (values === cell.local) cell.types.add(statement.name.text);
  } else if (ts.isImportEqualsDeclaration(statement)) {
    cell.imported.add(statement.name.text);
  } else if (ts.isImportDeclaration(statement)) {
    const { name, namedBindings } = statement.importClause ?? {};
    if (name) cell.imported.add(name.text);
    if (namedBindings && ts.isNamespaceImport(namedBindings)) cell.imported.add(namedBindings.name.text);
    if (namedBindings && ts.isNamedImports(namedBindings))
      for (const element of namedBindings.elements) cell.imported.add(element.name.text);
  }
}

/** Finds module names, hoisted `var`s and top-level awaits; `outer` is false inside functions. */
function walk(ts: Compiler, node: Node, cell: Cell, outer: boolean): void {
  if (ts.isStringLiteral(node) && isModuleName(ts, node)) cell.modules.add(node.text);
  if (outer) {
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) cell.awaits = true;
    const blockScoped = ts.NodeFlags.BlockScoped;
    if (ts.isVariableDeclarationList(node) && !(node.flags & blockScoped)) {
      const exported = node.parent && has(ts, node.parent, ts.SyntaxKind.ExportKeyword);
      const top = node.parent && ts.isVariableStatement(node.parent) && node.parent.parent === cell.file;
      if (!exported)
        for (const { name } of node.declarations) {
          bindingNames(ts, name, cell.local);
          if (!top) bindingNames(ts, name, cell.hoisted);
        }
    }
  }
  const inside = outer && !ts.isFunctionLike(node) && !ts.isModuleDeclaration(node);
  ts.forEachChild(node, (child) => walk(ts, child, cell, inside));
}

function isModuleName(ts: Compiler, node: Node): boolean {
  const parent = node.parent;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent))
    return parent.moduleSpecifier === node;
  if (ts.isExternalModuleReference(parent)) return true;
  if (ts.isLiteralTypeNode(parent)) return ts.isImportTypeNode(parent.parent);
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== node) return false;
  return parent.expression.kind === ts.SyntaxKind.ImportKeyword;
}

import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Cell } from "./cell";
import type { Compiler, Node, SourceFile } from "./internals";

/** The object that holds the variables of all cells, and the one that takes the value of the last expression. */
export const scopeName = "__scope";
export const lastName = "__last";

/**
 * Rewrites a cell before it is compiled:
 * - a name of an earlier cell becomes a property of the common scope (also in `{ q }`, which stock tslab forgets);
 * - the last statement, if it is an expression, is kept as the cell's value;
 * - of the names that the cell exports, only the imported ones stay: the others are read through accessors.
 */
export function transformer(
  ts: Compiler,
  checker: TypeScript.TypeChecker,
  earlier: SourceFile,
  cell: Cell,
): TypeScript.TransformerFactory<SourceFile> {
  const { factory } = ts;
  return (context) => {
    const fromEarlier = (symbol: TypeScript.Symbol | undefined) =>
      symbol?.declarations?.some((declaration) => declaration.getSourceFile() === earlier) ?? false;
    const inScope = (name: TypeScript.Identifier) =>
      ts.setTextRange(
        factory.createPropertyAccessExpression(
          factory.createIdentifier(scopeName),
          factory.createIdentifier(name.text),
        ),
        name,
      );

    const visit = (node: Node): Node => {
      if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
      if (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword) return node;
      if (ts.isShorthandPropertyAssignment(node)) {
        if (!fromEarlier(checker.getShorthandAssignmentValueSymbol(node))) return visitChildren(node);
        const fallback = node.objectAssignmentInitializer;
        const target = inScope(node.name);
        const value = fallback
          ? factory.createAssignment(target, ts.visitNode(fallback, visit) as TypeScript.Expression)
          : target;
        return ts.setTextRange(factory.createPropertyAssignment(node.name.text, value), node);
      }
      if (ts.isIdentifier(node)) {
        const { parent } = node;
        const member = parent && ts.isPropertyAccessExpression(parent) && parent.name === node;
        const used = parent && !member && ts.isExpressionNode(node);
        return used && fromEarlier(checker.getSymbolAtLocation(node)) ? inScope(node) : node;
      }
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
        const call = visitChildren(node) as TypeScript.CallExpression;
        if (call.expression === node.expression) return call;
        // `f(x)` must not become a method call, which would set `this`.
        const callee = factory.createParenthesizedExpression(
          factory.createComma(factory.createNumericLiteral(0), call.expression),
        );
        return factory.updateCallExpression(call, callee, call.typeArguments, call.arguments);
      }
      return visitChildren(node);
    };
    const visitChildren = (node: Node): Node => ts.visitEachChild(node, visit, context);

    return (file) => {
      const statements = file.statements.map(
        (statement) => ts.visitNode(statement, visit) as typeof statement,
      );
      const added = statements.pop();
      if (added && ts.isExportDeclaration(added)) statements.push(keepImports(added));
      const last = statements.at(-2);
      if (last && ts.isExpressionStatement(last)) {
        const target = factory.createPropertyAccessExpression(
          factory.createIdentifier(lastName),
          factory.createIdentifier(lastName),
        );
        const kept = factory.createExpressionStatement(factory.createAssignment(target, last.expression));
        statements[statements.length - 2] = ts.setTextRange(kept, last);
      }
      return factory.updateSourceFile(file, statements);
    };

    function keepImports(declaration: TypeScript.ExportDeclaration): TypeScript.ExportDeclaration {
      const { exportClause, modifiers, isTypeOnly, moduleSpecifier, assertClause } = declaration;
      if (!exportClause || !ts.isNamedExports(exportClause)) return declaration;
      const kept = exportClause.elements.filter((element) => cell.imported.has(element.name.text));
      const clause = factory.updateNamedExports(exportClause, kept);
      return factory.updateExportDeclaration(
        declaration,
        modifiers,
        isTypeOnly,
        clause,
        moduleSpecifier,
        assertClause,
      );
    }
  };
}

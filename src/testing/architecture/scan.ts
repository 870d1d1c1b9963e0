import ts from 'typescript';

/** A source as the rules see it; `path` is relative to `src/`, with forward slashes. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

export interface ImportLine {
  readonly line: number;
  /** As written, query included; undefined when it is not a literal and so cannot be judged. */
  readonly specifier: string | undefined;
  /** Erased by the compiler: nothing of the file is loaded. `import { type A }` is not, under verbatimModuleSyntax. */
  readonly isTypeOnly: boolean;
}

export interface Finding {
  readonly line: number;
  readonly what: string;
}

export interface ScannedFile {
  readonly path: string;
  readonly lineCount: number;
  readonly imports: readonly ImportLine[];
  readonly defaultExports: readonly Finding[];
  readonly starExports: readonly Finding[];
  /** Nothing in the file but re-exports. */
  readonly isBarrel: boolean;
  /** Uses of clocks, chance, network, code from text, the machine's time zone or language. */
  readonly impurities: readonly Finding[];
  /** Uses of functions whose last bits the platform decides. */
  readonly inexactMath: readonly Finding[];
}

export function scanFile({ path, text }: SourceText): ScannedFile {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  const lineOf = (node: ts.Node): number => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const imports: ImportLine[] = [];
  const defaultExports: Finding[] = [];
  const starExports: Finding[] = [];
  const impurities: Finding[] = [];
  const inexactMath: Finding[] = [];

  const visit = (node: ts.Node): void => {
    const line = lineOf(node);
    const found = importOf(node);
    if (found !== undefined) imports.push({ line, ...found });
    if (isDefaultExport(node)) defaultExports.push({ line, what: 'export default' });
    if (ts.isExportDeclaration(node) && (node.exportClause === undefined || ts.isNamespaceExport(node.exportClause))) {
      starExports.push({ line, what: 'export *' });
    }
    const impurity = impurityOf(node);
    if (impurity !== undefined) impurities.push({ line, what: impurity });
    const inexact = inexactMathOf(node);
    if (inexact !== undefined) inexactMath.push({ line, what: inexact });
    ts.forEachChild(node, visit);
  };
  visit(source);

  const isBarrel = source.statements.length > 0 && source.statements.every(isReExport);
  const lineCount = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return { path, lineCount, imports, defaultExports, starExports, isBarrel, impurities, inexactMath };
}

function literalText(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** Static and dynamic imports, re-exports, `import('…')` types, and `new URL('…', import.meta.url)`. */
function importOf(node: ts.Node): Omit<ImportLine, 'line'> | undefined {
  if (ts.isImportDeclaration(node)) {
    const isTypeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return { specifier: literalText(node.moduleSpecifier), isTypeOnly };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    return { specifier: literalText(node.moduleSpecifier), isTypeOnly: node.isTypeOnly };
  }
  if (ts.isImportTypeNode(node)) {
    const argument = ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
    return { specifier: literalText(argument), isTypeOnly: true };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return { specifier: literalText(node.arguments[0]), isTypeOnly: false };
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'URL') {
    const [path, base] = node.arguments ?? [];
    if (base?.getText() === 'import.meta.url') return { specifier: literalText(path), isTypeOnly: false };
  }
  return undefined;
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportSpecifier(node)) return node.name.text === 'default';
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword)
  );
}

function isReExport(statement: ts.Statement): boolean {
  return ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined;
}

const bannedGlobals = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'requestAnimationFrame',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'performance',
  'crypto',
  'eval',
  'Function',
  'globalThis',
]);

/** Methods whose answer depends on the machine's zone or language. Their UTC and plain forms are fine. */
const bannedMethods =
  /^(get(FullYear|Month|Date|Day|Hours|Minutes|Seconds|TimezoneOffset)|set(FullYear|Month|Date|Hours|Minutes|Seconds)|toLocale(Date|Time)?String|localeCompare)$/;

function impurityOf(node: ts.Node): string | undefined {
  const member = memberOf(node);
  if (member !== undefined) {
    const name = `${member.object}.${member.name}`;
    if (name === 'Date.now' || name === 'Date.parse' || name === 'Math.random') return name;
    if (bannedMethods.test(member.name)) return `.${member.name}()`;
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date') {
    if ((node.arguments ?? []).length === 0) return 'new Date()';
    if ((node.arguments ?? []).length > 1) return 'new Date(year, month, …)';
  }
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()';
  if (!ts.isIdentifier(node) || !isReference(node)) return undefined;
  if (bannedGlobals.has(node.text)) return node.text;
  // `const { random } = Math` and the like would slip past the checks above.
  const isPassedOn = (node.text === 'Math' || node.text === 'Date') && !isObjectOrConstructor(node);
  return isPassedOn ? `${node.text} handed on as a value` : undefined;
}

/** `object.name` or `object['name']`. */
function memberOf(node: ts.Node): { readonly object: string; readonly name: string } | undefined {
  if (ts.isPropertyAccessExpression(node)) return { object: node.expression.getText(), name: node.name.text };
  if (!ts.isElementAccessExpression(node)) return undefined;
  const name = literalText(node.argumentExpression);
  return name === undefined ? undefined : { object: node.expression.getText(), name };
}

/** False where an identifier only names a member, a parameter or a type. */
function isReference(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node;
  if (ts.isParameter(parent) || ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isTypeReferenceNode(parent) || ts.isQualifiedName(parent) || ts.isTypeQueryNode(parent)) return false;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  return !((ts.isClassElement(parent) || ts.isTypeElement(parent) || ts.isEnumMember(parent)) && parent.name === node);
}

function isObjectOrConstructor(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isElementAccessExpression(parent)) return literalText(parent.argumentExpression) !== undefined;
  if (ts.isNewExpression(parent) || ts.isCallExpression(parent)) return parent.expression === node;
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword;
}

const inexactFunctions = /^(a?(sin|cos|tan)h?|atan2|exp|expm1|log|log1p|log2|log10|pow|cbrt|hypot)$/;

function inexactMathOf(node: ts.Node): string | undefined {
  const member = memberOf(node);
  if (member?.object === 'Math' && inexactFunctions.test(member.name)) return `Math.${member.name}`;
  if (!ts.isBinaryExpression(node)) return undefined;
  const operator = node.operatorToken.kind;
  if (operator !== ts.SyntaxKind.AsteriskAsteriskToken && operator !== ts.SyntaxKind.AsteriskAsteriskEqualsToken) {
    return undefined;
  }
  // Powers of whole constants (`2 ** 53`) and of bigints are exact.
  const operands = [node.left, node.right];
  const areWhole = operands.every((operand) => ts.isNumericLiteral(operand) && Number.isInteger(Number(operand.text)));
  return areWhole || operands.some((operand) => ts.isBigIntLiteral(operand)) ? undefined : '**';
}

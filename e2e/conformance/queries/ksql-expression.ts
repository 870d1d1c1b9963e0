/** Functions of ksqlDB that SQL knows by another name; AS_VALUE only says that a key is meant as a value. */
const NAMES: Readonly<Record<string, string>> = {
  AS_VALUE: '',
  IFNULL: 'COALESCE',
  LCASE: 'LOWER',
  LEN: 'CHAR_LENGTH',
  UCASE: 'UPPER',
};

/** Texts, quoted names, and function names with the bracket behind them. */
const TOKENS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\b([A-Za-z_]\w*)(?=\s*\()/g;

/** An expression of ksqlDB in the words of the document. */
export function fromKsql(expression: string): string {
  return expression.replace(TOKENS, (token: string, name: string | undefined) =>
    name === undefined ? token : (NAMES[name.toUpperCase()] ?? token),
  );
}

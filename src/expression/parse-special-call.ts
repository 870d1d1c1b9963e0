import type { Token } from './lexer.ts';
import type { CallExpression, Expression } from './syntax.ts';
import type { TokenStream } from './token-stream.ts';

type Call = Omit<CallExpression, 'span'>;

/** Functions whose first argument may be a unit of time as a bare word. */
const UNIT_FIRST = new Set(['TIMESTAMPADD', 'TIMESTAMPDIFF']);
/** Units as Flink also writes them: SQL_TSI_HOUR. */
const UNIT_PREFIX = /^SQL_TSI_/u;

/**
 * Calls that SQL writes with words between the arguments: EXTRACT(HOUR FROM t), TRIM(LEADING 'x' FROM s), POSITION(a IN
 * b), SUBSTRING(s FROM 1 FOR 2), OVERLAY(s PLACING t FROM 1), FLOOR(t TO HOUR), TIMESTAMPADD(DAY, 1, t), ROW(a AS x, b AS y). They become
 * plain calls with keyword arguments. Stands behind the bracket; null when the call is an ordinary one.
 */
export function parseSpecialCall(stream: TokenStream, name: Token): Call | null {
  const call = (args: readonly Expression[]): Call => {
    stream.expectSymbol(')', 'after the arguments');
    return { kind: 'call', name: name.upper, nameSpan: name.span, args, star: false, distinct: false, filter: null };
  };
  switch (name.upper) {
    case 'EXTRACT': {
      const unit = keyword(stream);
      if (unit === null) return null;
      stream.expectWord('FROM', 'after the unit');
      return call([unit, stream.expression()]);
    }
    case 'TRIM':
      return parseTrim(stream, call);
    case 'POSITION': {
      const needle = stream.expression(7);
      if (stream.acceptWord('IN')) return call([needle, stream.expression()]);
      return call(rest(stream, needle));
    }
    case 'SUBSTRING':
    case 'SUBSTR': {
      const text = stream.expression();
      if (!stream.acceptWord('FROM')) return call(rest(stream, text));
      const start = stream.expression();
      return call(stream.acceptWord('FOR') ? [text, start, stream.expression()] : [text, start]);
    }
    case 'ROW':
      return stream.isSymbol(')') ? null : call(fields(stream));
    case 'OVERLAY': {
      const text = stream.expression();
      if (!stream.acceptWord('PLACING')) return call(rest(stream, text));
      const inserted = stream.expression();
      stream.expectWord('FROM', 'after the text to place');
      const start = stream.expression();
      return call(stream.acceptWord('FOR') ? [text, inserted, start, stream.expression()] : [text, inserted, start]);
    }
    case 'FLOOR':
    case 'CEIL':
    case 'CEILING': {
      if (stream.isSymbol(')')) return null;
      const operand = stream.expression();
      if (!stream.acceptWord('TO')) return call(rest(stream, operand));
      const unit = keyword(stream);
      if (unit === null) stream.unexpected('Expected a unit of time', 'Write a unit, such as HOUR');
      return call(unit === null ? [operand] : [operand, unit]);
    }
    default: {
      if (!UNIT_FIRST.has(name.upper) || !stream.isSymbol(',', 1)) return null;
      const unit = keyword(stream);
      return unit === null ? null : call(rest(stream, unit));
    }
  }
}

function parseTrim(stream: TokenStream, call: (args: readonly Expression[]) => Call): Call {
  const side = ['LEADING', 'TRAILING', 'BOTH'].includes(stream.token.upper) ? keyword(stream) : null;
  const both: Expression = { kind: 'keyword', word: 'BOTH', span: stream.token.span };
  const blank: Expression = { kind: 'string', value: ' ', span: stream.token.span };
  if (side !== null && stream.acceptWord('FROM')) return call([side, blank, stream.expression()]);
  const first = stream.expression();
  if (stream.acceptWord('FROM')) return call([side ?? both, first, stream.expression()]);
  if (side !== null) stream.unexpected('Expected FROM after the characters', 'Write TRIM(LEADING x FROM text)');
  return call(rest(stream, first));
}

/** `value [AS name], …`: a name follows its value as a keyword. */
function fields(stream: TokenStream): Expression[] {
  const args: Expression[] = [];
  do {
    args.push(stream.expression());
    const name = stream.acceptWord('AS') ? stream.expectName('the name of the field') : null;
    if (name !== null) args.push({ kind: 'keyword', word: name.text, span: name.span });
  } while (stream.acceptSymbol(','));
  return args;
}

function rest(stream: TokenStream, first: Expression): Expression[] {
  const args = [first];
  while (stream.acceptSymbol(',')) args.push(stream.expression());
  return args;
}

function keyword(stream: TokenStream): Expression | null {
  const token = stream.token;
  if (token.type !== 'name') return null;
  stream.next();
  return { kind: 'keyword', word: token.upper.replace(UNIT_PREFIX, ''), span: token.span };
}

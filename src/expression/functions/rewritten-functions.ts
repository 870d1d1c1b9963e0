import { DOUBLE } from '../../stream/types.ts';
import type { FunctionDefinition } from './definition.ts';

/**
 * Functions that the checker turns into other nodes, because they do not evaluate all their arguments or are operators
 * under another name. They stand here for their docs and for calls with a wrong number of arguments: no argument fits.
 */
function rewritten(name: string, usage: string, docs: string): FunctionDefinition {
  const never = { params: [{ keyword: [] }], optionalFrom: 99, returns: DOUBLE, make: () => () => null };
  return { name, usage, docs, signatures: [never] };
}

export const rewrittenFunctions: readonly FunctionDefinition[] = [
  rewritten('COALESCE', 'COALESCE(value, …)', 'The first that is not NULL.'),
  rewritten('IFNULL', 'IFNULL(value, otherwise)', 'The value, or the other where it is NULL.'),
  rewritten('NULLIF', 'NULLIF(a, b)', 'NULL where both are equal, else the first.'),
  rewritten('IF', 'IF(condition, then, otherwise)', 'One of two values; a NULL condition counts as false.'),
  rewritten('ROW', 'ROW(value [AS name], …)', 'The values as fields of one; without a name they are f0, f1 and so on.'),
  rewritten('MOD', 'MOD(a, b)', 'Remainder of a / b, with the sign of a.'),
];

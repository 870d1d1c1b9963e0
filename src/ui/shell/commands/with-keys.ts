import { COMMANDS } from './commands.ts';
import { keysText } from './keys.ts';

/** What a tooltip says of a command, with its keys where it has some: `Fit the graph (F)`. */
export function withKeys(text: string, commandId: string): string {
  const keys = COMMANDS.find(({ id }) => id === commandId)?.keys[0];
  return keys === undefined ? text : `${text} (${keysText(keys)})`;
}

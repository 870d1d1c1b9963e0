import { FileText, HelpCircle, PanelsTopLeft, Pencil, Play, SquareDashedMousePointer } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Command, CommandGroup } from '../commands/command.ts';
import { COMMAND_GROUPS, whyNotNow } from '../commands/command.ts';
import { COMMANDS } from '../commands/commands.ts';
import type { PaletteEntry, PaletteGroup } from './palette-entry.ts';

const ICONS: Readonly<Record<CommandGroup, ReactElement>> = {
  Document: <FileText size={16} aria-hidden />,
  Edit: <Pencil size={16} aria-hidden />,
  Canvas: <SquareDashedMousePointer size={16} aria-hidden />,
  Run: <Play size={16} aria-hidden />,
  View: <PanelsTopLeft size={16} aria-hidden />,
  Help: <HelpCircle size={16} aria-hidden />,
};

function entryOf(command: Command): PaletteEntry {
  const { id, title, group, keys, also = '', run } = command;
  const [first] = keys;
  return {
    id,
    title,
    icon: ICONS[group],
    also: `${also} ${group}`,
    ...(first === undefined ? {} : { keys: first }),
    refusal: whyNotNow(command),
    run,
  };
}

/** Everything that the application can be asked for, under the headings of the sheet of shortcuts. */
export function commandGroups(): readonly PaletteGroup[] {
  return COMMAND_GROUPS.map((title) => ({
    title,
    entries: COMMANDS.filter(({ group, id }) => group === title && id !== 'help.commands').map(entryOf),
  })).filter(({ entries }) => entries.length > 0);
}

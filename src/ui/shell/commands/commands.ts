import { CANVAS_COMMANDS } from './canvas-commands.ts';
import type { Command } from './command.ts';
import { DOCUMENT_COMMANDS } from './document-commands.ts';
import { EDIT_COMMANDS } from './edit-commands.ts';
import { INSPECTOR_COMMANDS } from './inspector-commands.ts';
import { HELP_COMMANDS } from './help-commands.ts';
import { PICTURE_COMMANDS } from './picture-commands.ts';
import { PROBLEM_COMMANDS } from './problem-commands.ts';
import { RUN_COMMANDS } from './run-commands.ts';
import { TRAVEL_COMMANDS } from './travel-commands.ts';
import { WALK_COMMANDS } from './walk-commands.ts';
import { THEME_COMMANDS, VIEW_COMMANDS } from './view-commands.ts';

/** All there are, in the order in which the sheet of shortcuts shows them. */
export const COMMANDS: readonly Command[] = [
  ...DOCUMENT_COMMANDS,
  ...PICTURE_COMMANDS,
  ...EDIT_COMMANDS,
  ...INSPECTOR_COMMANDS,
  ...CANVAS_COMMANDS,
  ...RUN_COMMANDS,
  ...TRAVEL_COMMANDS,
  ...WALK_COMMANDS,
  ...VIEW_COMMANDS,
  ...PROBLEM_COMMANDS,
  ...THEME_COMMANDS,
  ...HELP_COMMANDS,
];

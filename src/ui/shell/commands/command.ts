/** The headings of the sheet of shortcuts, in its order. */
export const COMMAND_GROUPS = ['Document', 'Edit', 'Canvas', 'Run', 'View', 'Help'] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/**
 * Something a user can ask for. Shortcuts, the command palette, the sheet of shortcuts and the menus all read the same
 * list, so that none of them promises what another lacks.
 */
export type Command = CommandBase & Condition;

interface CommandBase {
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  /** Such as `Mod+Shift+Z`; see `parseKeys`. The first one is shown, all of them work. */
  readonly keys: readonly string[];
  /** Other words that people search for. */
  readonly also?: string;
  /** Whether the browser itself calls it by its keys, as it does for the clipboard. */
  readonly isNative?: boolean;
  /** Whether its keys mean nothing to a text field, and so work there, too. */
  readonly worksInFields?: boolean;
  readonly run: () => void;
}

/** When it can be called; asked when it is called or shown. Absent: always. */
type Condition =
  | { readonly isEnabled?: never; readonly needs?: never }
  | {
      readonly isEnabled: () => boolean;
      /** What it waits for while it cannot be called, such as `Select a node first.` */
      readonly needs: string;
    };

/** What a command waits for; null when it can be called. */
export function whyNotNow({ isEnabled, needs = '' }: Command): string | null {
  return isEnabled?.() === false ? needs : null;
}

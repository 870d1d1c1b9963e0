/** One combination of keys. `key` is as `KeyboardEvent.key` has it without Shift and Alt, letters in lower case. */
export interface Keys {
  readonly key: string;
  /** Ctrl, and ⌘ on a Mac. */
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

/**
 * Reads `Mod+Shift+Z`, `Alt+L`, `F2`, `/`, `?`. A sign that a keyboard has only together with Shift is written as the sign
 * itself.
 */
export function parseKeys(text: string): Keys {
  const parts = text.split(/\+(?!$)/);
  const last = parts.at(-1) ?? '';
  return {
    key: last.length === 1 ? last.toLowerCase() : last,
    mod: parts.includes('Mod'),
    shift: parts.includes('Shift'),
    alt: parts.includes('Alt'),
  };
}

export function matchesKeys(keys: Keys, event: KeyboardEvent): boolean {
  if (keys.mod !== (event.ctrlKey || event.metaKey) || keys.alt !== event.altKey) return false;
  const isLetter = /^[a-z]$/.test(keys.key);
  // With Alt a Mac gives another sign than the one on the key.
  if (isLetter && keys.alt) return event.code === `Key${keys.key.toUpperCase()}` && keys.shift === event.shiftKey;
  const isSign = keys.key.length === 1 && !isLetter && !/^[0-9 ]$/.test(keys.key);
  if (!isSign && keys.shift !== event.shiftKey) return false;
  return (event.key.length === 1 ? event.key.toLowerCase() : event.key) === keys.key;
}

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const MAC_SIGNS: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' };
const WORDS: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** As the user's keyboard has it: `Ctrl+Shift+Z`, on a Mac `⇧⌘Z`. */
export function keysText(text: string): string {
  const parts = text.split(/\+(?!$)/);
  return isMac
    ? parts.map((part) => MAC_SIGNS[part] ?? WORDS[part] ?? part).join('')
    : parts.map((part) => WORDS[part] ?? part).join('+');
}

import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { platform: 'Linux x86_64' });
vi.stubGlobal('matchMedia', () => ({ matches: false }));
const { keysText, matchesKeys, parseKeys } = await import('./keys.ts');
const { COMMANDS } = await import('./commands.ts');

interface Pressed {
  readonly key: string;
  readonly code?: string;
  readonly ctrl?: boolean;
  readonly meta?: boolean;
  readonly shift?: boolean;
  readonly alt?: boolean;
}

function pressed({ key, code = '', ctrl = false, meta = false, shift = false, alt = false }: Pressed): KeyboardEvent {
  return { key, code, ctrlKey: ctrl, metaKey: meta, shiftKey: shift, altKey: alt } as KeyboardEvent;
}

describe('keys of commands', () => {
  it.each([
    ['Mod+Z', { key: 'z', ctrl: true }, true],
    ['Mod+Z', { key: 'z', meta: true }, true],
    ['Mod+Z', { key: 'Z', ctrl: true, shift: true }, false],
    ['Mod+Shift+Z', { key: 'Z', ctrl: true, shift: true }, true],
    ['Mod+Z', { key: 'z' }, false],
    ['I', { key: 'i' }, true],
    ['I', { key: 'I', shift: true }, false],
    ['?', { key: '?', shift: true }, true],
    ['/', { key: '/' }, true],
    ['+', { key: '+', shift: true }, true],
    ['Alt+L', { key: '¬', code: 'KeyL', alt: true }, true],
    ['Alt+L', { key: 'l', code: 'KeyL' }, false],
    ['Shift+1', { key: '!', shift: true }, false],
    ['ArrowLeft', { key: 'ArrowLeft' }, true],
    ['ArrowLeft', { key: 'ArrowLeft', shift: true }, false],
  ] as const)('%s is %o: %s', (text, keys, expected) => {
    expect(matchesKeys(parseKeys(text), pressed(keys))).toBe(expected);
  });

  it('are written as the keyboard has them', () => {
    expect(keysText('Mod+Shift+Z')).toBe('Ctrl+Shift+Z');
    expect(keysText('Mod++')).toBe('Ctrl++');
    expect(keysText('ArrowLeft')).toBe('←');
  });

  it('no two commands share keys, and no id is taken twice', () => {
    const keys = COMMANDS.flatMap((command) => command.keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(COMMANDS.map(({ id }) => id)).size).toBe(COMMANDS.length);
  });
});

import { create } from 'zustand';
import { keep, readKept } from '../../app/kept.ts';

export type Theme = 'light' | 'dark';
export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

interface ThemeState {
  readonly choice: ThemeChoice;
  /** What the choice comes to: with `system`, what the system has now. */
  readonly theme: Theme;
  readonly choose: (choice: ThemeChoice) => void;
}

const STORAGE_KEY = 'tidemark.theme';

function readChoice(): ThemeChoice {
  const kept = readKept(STORAGE_KEY);
  return THEME_CHOICES.find((choice) => choice === kept) ?? 'system';
}

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

function themeOf(choice: ThemeChoice): Theme {
  if (choice !== 'system') return choice;
  return systemIsDark.matches ? 'dark' : 'light';
}

const first = readChoice();

export const useTheme = create<ThemeState>()((set) => ({
  choice: first,
  theme: themeOf(first),
  choose: (choice) => {
    keep(STORAGE_KEY, choice);
    set({ choice, theme: themeOf(choice) });
  },
}));

export function nextThemeChoice(choice: ThemeChoice): ThemeChoice {
  return THEME_CHOICES[(THEME_CHOICES.indexOf(choice) + 1) % THEME_CHOICES.length] ?? 'system';
}

/** Keeps the page's colours in step with the choice, and with the system while that is the choice. */
export function applyTheme(root: HTMLElement): void {
  const show = (theme: Theme): void => {
    root.dataset['theme'] = theme;
  };
  show(useTheme.getState().theme);
  useTheme.subscribe((state) => show(state.theme));
  systemIsDark.addEventListener('change', () => {
    useTheme.setState(({ choice }) => ({ theme: themeOf(choice) }));
  });
}

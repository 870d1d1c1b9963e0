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
  /** All larger, to be read from the back of a room. */
  readonly isLecture: boolean;
  readonly toggleLecture: () => void;
}

const STORAGE_KEY = 'tidemark.theme';
const LECTURE_KEY = 'tidemark.lecture';

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

export const useTheme = create<ThemeState>()((set, get) => ({
  choice: first,
  theme: themeOf(first),
  choose: (choice) => {
    keep(STORAGE_KEY, choice);
    set({ choice, theme: themeOf(choice) });
  },
  isLecture: readKept(LECTURE_KEY) === true,
  toggleLecture: () => {
    const isLecture = !get().isLecture;
    keep(LECTURE_KEY, isLecture);
    set({ isLecture });
  },
}));

export function nextThemeChoice(choice: ThemeChoice): ThemeChoice {
  return THEME_CHOICES[(THEME_CHOICES.indexOf(choice) + 1) % THEME_CHOICES.length] ?? 'system';
}

/** Keeps the page's colours and size in step with the choice, and its colours with the system while that is the choice. */
export function applyTheme(root: HTMLElement): void {
  const show = ({ theme, isLecture }: ThemeState): void => {
    root.dataset['theme'] = theme;
    root.toggleAttribute('data-lecture', isLecture);
  };
  show(useTheme.getState());
  useTheme.subscribe(show);
  systemIsDark.addEventListener('change', () => {
    useTheme.setState(({ choice }) => ({ theme: themeOf(choice) }));
  });
}

import { create } from 'zustand';

export type Theme = 'light' | 'dark';

interface ThemeState {
  readonly theme: Theme;
  readonly toggle: () => void;
}

const STORAGE_KEY = 'tidemark.theme';

/** Storage may be closed to us (private windows, embedding): the choice then lasts as long as the page. */
function readChoice(): Theme | null {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return stored === 'light' || stored === 'dark' ? stored : null;
  } catch {
    return null;
  }
}

function keepChoice(theme: Theme): void {
  try {
    localStorage.setItem(STORAGE_KEY, theme);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

export const useTheme = create<ThemeState>()((set, get) => ({
  theme: readChoice() ?? (systemIsDark.matches ? 'dark' : 'light'),
  toggle: () => {
    const theme = get().theme === 'dark' ? 'light' : 'dark';
    keepChoice(theme);
    set({ theme });
  },
}));

/** Keeps the page's colours in step with the choice, and with the system until there is one. */
export function applyTheme(root: HTMLElement): void {
  const show = (theme: Theme): void => {
    root.dataset['theme'] = theme;
  };
  show(useTheme.getState().theme);
  useTheme.subscribe((state) => show(state.theme));
  systemIsDark.addEventListener('change', ({ matches }) => {
    if (readChoice() === null) useTheme.setState({ theme: matches ? 'dark' : 'light' });
  });
}

import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '../theme/button.tsx';
import type { ThemeChoice } from '../theme/theme-store.ts';
import { nextThemeChoice, useTheme } from '../theme/theme-store.ts';
import { Tooltip } from '../theme/tooltip.tsx';

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;
const WORDS: Readonly<Record<ThemeChoice, string>> = { system: 'as the system', light: 'light', dark: 'dark' };

/** Goes from one choice to the next, and says which one stands. */
export function ThemeButton(): ReactElement {
  const choice = useTheme((state) => state.choice);
  const next = nextThemeChoice(choice);
  const Icon = ICONS[choice];
  return (
    <Tooltip text={`Theme: ${WORDS[choice]}. Next: ${WORDS[next]}`}>
      <Button
        look="quiet"
        isIcon
        aria-label={`Theme: ${WORDS[choice]}`}
        onClick={() => useTheme.getState().choose(next)}
      >
        <Icon size={16} aria-hidden />
      </Button>
    </Tooltip>
  );
}

import type { DialectRule } from './dialect-rule.ts';
import { windowOf } from './node-facts.ts';

/** A trigger that never fires leaves all to the end of the window: one engine gives a last pane then, the other nothing. */
export const CLOSING_PANE_RULE: DialectRule = {
  id: 'closing-pane',
  title: 'A window whose trigger never fires',
  says: ({ windows }) =>
    windows.machine === 'panes'
      ? 'Its last pane comes all the same, once the window is over for good.'
      : 'It gives no result, not even at the end.',
  caseIds: [],
  explains: ({ kind }, { a, b }) =>
    (kind === 'only-a' || kind === 'only-b') &&
    (windowOf(a.node)?.engine.trigger?.on === 'never' || windowOf(b.node)?.engine.trigger?.on === 'never') &&
    a.plan.dialect.windows.machine !== b.plan.dialect.windows.machine,
};

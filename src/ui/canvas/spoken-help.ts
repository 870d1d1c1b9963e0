import type { AriaLabelConfig } from 'reactflow';

/** Of operators and of notes. */
const NODE =
  'Enter opens it to be edited, arrow keys move it once it is selected, Alt with arrow keys goes along the edges of the ' +
  'graph, question mark shows all keys.';

/** What React Flow says in words, in ours. */
export const SPOKEN_HELP: Partial<AriaLabelConfig> = {
  'node.a11yDescription.default': NODE,
  'node.a11yDescription.keyboardDisabled': NODE,
  'node.a11yDescription.ariaLiveMessage': ({ direction, x, y }) =>
    `Moved ${direction}, from ${String(x)}, ${String(y)}.`,
  'edge.a11yDescription.default':
    'Enter selects it. Then slash inserts an operator, R reconnects it, Delete removes it, and Alt with left or right ' +
    'goes to its ends.',
};

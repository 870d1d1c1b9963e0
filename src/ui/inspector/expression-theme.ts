import { EditorView } from '@codemirror/view';

/** What the editor makes itself, in the colours of the page. */
export const expressionTheme = EditorView.theme({
  '&': { background: 'none', fontSize: 'var(--t-sm)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.35', overflow: 'visible' },
  '.cm-content': {
    minHeight: 'calc(var(--h-ctl) - 2px)',
    padding: '5px 8px 4px',
    caretColor: 'var(--ink)',
    overflowWrap: 'anywhere',
  },
  '.cm-line': { padding: '0' },
  '.cm-placeholder': { color: 'var(--ink-3)' },
  '&.cm-tooltip, .cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: 'var(--r-2)',
    background: 'var(--surface)',
    color: 'var(--ink)',
    boxShadow: 'var(--shadow-2)',
  },
});

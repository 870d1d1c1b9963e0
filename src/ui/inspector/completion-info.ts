import type { Completion } from '../../expression/complete.ts';
import styles from './expression-editor.module.css';

/** How a function is called and what it gives; of a column whether it can be NULL. */
export function completionInfo({ kind, detail, docs }: Completion): HTMLElement | null {
  if (docs === '') return null;
  const box = document.createElement('div');
  box.className = styles['info'] ?? '';
  if (kind === 'function') box.append(paragraph(detail, 'usage'));
  box.append(paragraph(docs, 'docs'));
  return box;
}

function paragraph(text: string, look: string): HTMLElement {
  const line = document.createElement('p');
  line.className = styles[look] ?? '';
  line.textContent = text;
  return line;
}

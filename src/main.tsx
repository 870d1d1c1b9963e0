// First: what follows it defines schemas.
import './app/schemas-without-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { openFirstTemplate } from './app/document-gallery.ts';
import { linkDocumentToRun } from './app/document-run.ts';
import { App } from './ui/shell/app.tsx';
import { applyTheme } from './ui/theme/theme-store.ts';
import './ui/theme/tokens.css';
import './ui/theme/base.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
applyTheme(document.documentElement);
linkDocumentToRun();
void openFirstTemplate();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

// First: some of what follows may define schemas.
import './app/schemas-without-eval.ts';
import { StrictMode, Suspense } from 'react';
import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { Frame } from './ui/shell/frame.tsx';
import { lazyPart } from './ui/theme/lazy-part.tsx';
import { applyTheme } from './ui/theme/theme-store.ts';
import './ui/theme/tokens.css';
import './ui/theme/base.css';
import './ui/theme/forced-colours.css';

// The frame is there at once. The operators with the language of their expressions come right after it, the canvas with
// them.
async function loadWorkbench(): Promise<ComponentType> {
  void import('./ui/canvas/canvas.tsx');
  const [{ App }, { linkDocumentToRun }, { openPage }, { openFirstTemplate }, { beginAnalysis }] = await Promise.all([
    import('./ui/shell/app.tsx'),
    import('./app/document-run.ts'),
    import('./ui/shell/open-page.ts'),
    import('./app/open-template.ts'),
    import('./app/document-analysis.ts'),
  ]);
  linkDocumentToRun();
  void beginAnalysis();
  void openPage(openFirstTemplate);
  return App;
}

/** `?embed=1`: a frame of another page. Nothing of it is kept. */
async function loadEmbed(): Promise<ComponentType> {
  void import('./ui/canvas/canvas.tsx');
  const [{ EmbedApp }, { openEmbed }, { linkDocumentToRun }, { beginAnalysis }] = await Promise.all([
    import('./ui/embed/embed-app.tsx'),
    import('./ui/embed/open-embed.ts'),
    import('./app/document-run.ts'),
    import('./app/document-analysis.ts'),
  ]);
  linkDocumentToRun();
  void beginAnalysis();
  void openEmbed(location);
  return EmbedApp;
}

const isEmbedded = new URLSearchParams(location.search).get('embed') === '1';
const Workbench = lazyPart(isEmbedded ? loadEmbed : loadWorkbench);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
applyTheme(document.documentElement);
createRoot(root).render(
  <StrictMode>
    <Suspense fallback={<Frame />}>
      <Workbench />
    </Suspense>
  </StrictMode>,
);

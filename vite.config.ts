import { existsSync, readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import type { InlineConfig } from 'vitest/node';

// Inline styles are needed by the drag layer and the toasts; scripts, and every connection, come from this origin only.
// The worker starts from a blob: URL so that this same policy binds it (a worker with a URL of its own has its own).
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'none'",
].join('; ');

/** Writes the policy into the built page, for static hosts that send no headers. The dev server needs inline scripts. */
function policyInPage(): Plugin {
  return {
    name: 'tidemark-policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

const sampleFiles = ['flights-2k.json', 'earthquakes.json'];

/** Serves the gallery's data below `data/`, straight from the package that carries it (vega-datasets). */
function sampleData(): Plugin {
  const bytesOf = (name: string): Buffer =>
    readFileSync(new URL(`node_modules/vega-datasets/data/${name}`, import.meta.url));
  return {
    name: 'tidemark-sample-data',
    generateBundle() {
      for (const name of sampleFiles) this.emitFile({ type: 'asset', fileName: `data/${name}`, source: bytesOf(name) });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = sampleFiles.find((file) => request.url?.endsWith(`/data/${file}`) === true);
        if (name === undefined) next();
        else response.setHeader('Content-Type', 'application/json').end(bytesOf(name));
      });
    },
  };
}

/** Playwright's files end in .spec.ts, Vitest's in .test.ts. */
const test: InlineConfig = {
  environment: 'node',
  include: ['src/**/*.test.{ts,tsx}', 'e2e/**/*.test.ts'],
  setupFiles: ['src/testing/property-seed.ts'],
  testTimeout: 180_000,
  hookTimeout: 180_000,
  // Vitest leaves one processor free: on two of them it would take twice as long.
  maxWorkers: '100%',
};

const page: UserConfig = {
  base: process.env['BASE_PATH'] ?? '/',
  plugins: [react(), policyInPage(), sampleData()],
  build: {
    target: 'es2023',
    outDir: process.env['DIST_DIR'] ?? 'dist',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: 'es', rolldownOptions: { output: { codeSplitting: false, topLevelVar: false } } },
  // Known in advance, else the dev server meets them late and reloads the page under the user's hands.
  optimizeDeps: { include: ['comlink', 'zod'] },
  preview: {
    headers: {
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    },
  },
};

/**
 * `topLevelVar: false` where the engine is inside: V8 compiles the value of a module's `const` into its loops, and reads a
 * `var` each time.
 *
 * Any other mode is a program for Node, since Node 20 cannot run TypeScript: `vite build --mode cli` makes
 * `.build/cli/main.js` of `src/cli/main.ts`. One file, so that a rebuild swaps it in one step.
 */
function program(mode: string): UserConfig {
  const candidates = [`src/${mode}/main.ts`, `e2e/${mode}/main.ts`, `e2e/${mode}.ts`];
  const entry = candidates.find((path) => existsSync(new URL(path, import.meta.url)));
  if (entry === undefined) throw new Error(`No program "${mode}": none of ${candidates.join(', ')} exists.`);
  return {
    publicDir: false,
    build: {
      ssr: entry,
      target: 'node20',
      outDir: `.build/${mode}`,
      emptyOutDir: false,
      minify: false,
      sourcemap: 'inline',
      rolldownOptions: { output: { entryFileNames: 'main.js', codeSplitting: false, topLevelVar: false } },
    },
  };
}

const pageModes = ['production', 'development', 'test'];

export default defineConfig(({ mode }) => (pageModes.includes(mode) ? { ...page, test } : program(mode)));

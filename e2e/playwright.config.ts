import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './chromium.ts';

// PORT and DIST_DIR let several runs share one working tree.
const port = process.env['PORT'] ?? '4317';
const address = `http://localhost:${port}${process.env['BASE_PATH'] ?? '/'}`;
const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  testDir: './browser',
  testMatch: '**/*.spec.ts',
  outputDir: `../.build/playwright-${port}`,
  workers: 2,
  retries: 0,
  // For slow machines: what does not come at all is still found, later.
  timeout: 300_000,
  expect: { timeout: 45_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'list',
  use: {
    baseURL: address,
    launchOptions: chromiumLaunch(),
    trace: 'retain-on-failure',
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --strictPort --port ${port}`,
    cwd: root,
    url: address,
    reuseExistingServer: false,
  },
});

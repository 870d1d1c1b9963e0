import { spawn } from 'node:child_process';
import type { Page } from '@playwright/test';

/** The built page on a port of its own, as a static host would serve it. */
export interface Preview {
  readonly address: string;
  readonly stop: () => void;
}

export function startPreview(port: string): Preview {
  const options = ['preview', '--strictPort', '--port', port];
  const server = spawn(process.execPath, ['node_modules/vite/bin/vite.js', ...options], { stdio: 'ignore' });
  return { address: `http://localhost:${port}/`, stop: () => server.kill() };
}

/** The server needs a moment to be there. */
export async function openPage(page: Page, address: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await page.goto(address);
      return;
    } catch (error) {
      if (attempt === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

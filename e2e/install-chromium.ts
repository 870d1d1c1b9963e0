// Makes sure that the browser tests find a Chromium: the system's, else by apt, else Playwright's own download.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findSystemChromium } from './chromium.ts';

function succeeds(command: string, args: readonly string[], stdio: 'ignore' | 'inherit'): boolean {
  return spawnSync(command, args, { stdio }).status === 0;
}

function hasBrowser(): boolean {
  return findSystemChromium() !== undefined || existsSync(chromium.executablePath());
}

/** The words before an apt command: none for root, `sudo` where it asks for no password, undefined without rights. */
function rightsPrefix(): readonly string[] | undefined {
  if (process.getuid?.() === 0) return [];
  return succeeds('sudo', ['-n', 'true'], 'ignore') ? ['sudo', '-n'] : undefined;
}

function installByApt(): void {
  const prefix = rightsPrefix();
  if (prefix === undefined || !succeeds('apt-get', ['--version'], 'ignore')) return;
  console.log('No Chromium found: installing it by apt.');
  const apt = (args: readonly string[]): boolean => {
    const [command = 'env', ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return succeeds(command, rest, 'inherit');
  };
  if (apt(['update'])) apt(['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation']);
}

function installByPlaywright(): void {
  console.log("No Chromium found: downloading Playwright's own.");
  const deps = rightsPrefix() === undefined ? [] : ['--with-deps'];
  const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'));
  succeeds(process.execPath, [cli, 'install', ...deps, 'chromium'], 'inherit');
}

if (!hasBrowser()) installByApt();
if (!hasBrowser()) installByPlaywright();
if (!hasBrowser()) {
  console.error('No Chromium for the browser tests. Install one, or name it: PLAYWRIGHT_CHROMIUM=/path/to/chromium');
  process.exitCode = 2;
}

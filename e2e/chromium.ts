import { existsSync } from 'node:fs';

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A Chromium of this machine; undefined leaves the choice to Playwright's own download. */
export function findSystemChromium(): string | undefined {
  return process.env['PLAYWRIGHT_CHROMIUM'] ?? systemPaths.find((path) => existsSync(path));
}

export interface ChromiumLaunch {
  executablePath?: string;
  args: string[];
}

/** How every browser test, bench and tool starts Chromium: no sandbox as root only, no traffic of the browser's own. */
export function chromiumLaunch(): ChromiumLaunch {
  const executablePath = findSystemChromium();
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
  ];
  const args = process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet;
  return executablePath === undefined ? { args } : { executablePath, args };
}

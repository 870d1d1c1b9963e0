import { expect, test as base } from '@playwright/test';

interface PageFixtures {
  /**
   * What the pages complained of so far: errors on the console, errors that nobody caught, violations of the policy. A
   * test fails on any that it does not take out; one that provokes some does so by `complaints.splice(0)`.
   */
  readonly complaints: string[];
}

/** Playwright's `test` over pages that have nothing to complain of. */
export const test = base.extend<PageFixtures>({
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      context.on('console', (message) => {
        const text = message.text();
        if (message.type() === 'error' || /Content Security Policy/i.test(text)) complaints.push(text);
      });
      context.on('weberror', (error) => complaints.push(error.error().message));
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`violation of ${event.violatedDirective} by ${event.blockedURI}`);
        });
      });
      await use(complaints);
      expect(complaints, 'The page complained.').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

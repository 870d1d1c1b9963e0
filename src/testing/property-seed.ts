import fc from 'fast-check';

/** Run by Vitest before each file: what a property draws is the same each time, unless `PROPERTY_SEED` says otherwise. */
const DEFAULT_SEED = 20261;

const asked = process.env['PROPERTY_SEED'] ?? String(DEFAULT_SEED);
if (asked !== 'random') {
  const seed = Number(asked);
  if (!Number.isInteger(seed)) throw new Error(`PROPERTY_SEED is a whole number or "random", not "${asked}".`);
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
}

#!/usr/bin/env node
// Node 20 cannot run TypeScript: the command line is built on first use, and again when its sources changed.
import { pathToFileURL } from 'node:url';
import { buildOnUse } from './build-on-use.js';

await import(pathToFileURL(await buildOnUse('cli')).href);

import { config } from 'zod';

// The page's policy forbids code made from text. Asked of zod before the first schema is defined, it never tries.
config({ jitless: true });

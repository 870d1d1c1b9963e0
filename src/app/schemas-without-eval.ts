declare global {
  /** Where zod looks for its settings; what is there when it loads stays. */
  var __zod_globalConfig: { jitless?: boolean } | undefined;
}

// The page's policy forbids code made from text. Said before zod itself is there, so that no schema ever tries.
globalThis.__zod_globalConfig = { ...globalThis.__zod_globalConfig, jitless: true };

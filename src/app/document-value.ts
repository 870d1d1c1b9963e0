type Config = Readonly<Record<string, unknown>>;

function childOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Config)[name];
}

/** What stands at `path`, for example `['watermark', 'delayMs']` or `['columns', '2', 'name']`; undefined when nothing does. */
export function valueAt(config: Config, path: readonly string[]): unknown {
  return path.reduce(childOf, config as unknown);
}

/** A configuration with `value` at `path`; undefined takes away what stood there. What lies beside it is shared. */
export function withValueAt(config: Config, path: readonly string[], value: unknown): Config {
  return replaced(config, path, value) as Config;
}

function replaced(target: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const child = replaced(childOf(target, name), rest, value);
  if (Array.isArray(target)) return (target as unknown[]).with(Number(name), child);
  const record = (typeof target === 'object' && target !== null ? target : {}) as Config;
  if (child !== undefined) return { ...record, [name]: child };
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

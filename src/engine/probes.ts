import type { Probe } from './probe.ts';

type Told = Exclude<keyof Probe, 'keepsRounds' | 'sinksApart'>;

/** All that a probe may be told: the compiler names what is missing. */
const TOLD: Readonly<Record<Told, true>> = {
  round: true,
  curve: true,
  clock: true,
  partition: true,
  output: true,
  committed: true,
  drop: true,
  rejected: true,
  firing: true,
};

/** Several listeners as one. What none of them listens to the engine need not tell. */
export function probesOf(probes: readonly Probe[]): Probe {
  const telling = (name: Told): Partial<Probe> => {
    const listeners = probes.flatMap((probe) => probe[name]?.bind(probe) ?? []) as ((...told: unknown[]) => void)[];
    if (listeners.length === 0) return {};
    return { [name]: (...told: unknown[]): void => listeners.forEach((listener) => listener(...told)) };
  };
  const all: Probe = {
    keepsRounds: Math.max(0, ...probes.map(({ keepsRounds = Infinity }) => keepsRounds)),
    sinksApart: probes.every(({ sinksApart }) => sinksApart === true),
  };
  return Object.assign(all, ...(Object.keys(TOLD) as Told[]).map(telling)) as Probe;
}

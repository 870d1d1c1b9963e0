import type { Probe } from './probe.ts';

/** Several listeners as one. What none of them listens to the engine need not tell. */
export function probesOf(probes: readonly Probe[]): Probe {
  const telling = <Name extends 'curve' | 'output' | 'committed' | 'drop' | 'rejected' | 'firing' | 'round'>(
    name: Name,
  ): Partial<Pick<Probe, Name>> => {
    const listeners = probes.flatMap((probe) => probe[name]?.bind(probe) ?? []) as ((...told: unknown[]) => void)[];
    if (listeners.length === 0) return {};
    const tell = (...told: unknown[]): void => listeners.forEach((listener) => listener(...told));
    return { [name]: tell } as Partial<Pick<Probe, Name>>;
  };
  const keeps = Math.max(0, ...probes.map(({ keepsRounds = Infinity }) => keepsRounds));
  return {
    keepsRounds: keeps,
    sinksApart: probes.every(({ sinksApart }) => sinksApart === true),
    ...telling('round'),
    ...telling('curve'),
    ...telling('output'),
    ...telling('committed'),
    ...telling('drop'),
    ...telling('rejected'),
    ...telling('firing'),
  };
}

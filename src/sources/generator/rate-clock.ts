import type { GeneratorConfig } from './generator-config.ts';
import type { RateProfile } from './rate-profile.ts';
import { rateProfile } from './rate-profile.ts';

/**
 * When events of a source happen: gaps by its plain rate, laid out by its profile. Whatever was drawn for the gaps, the
 * counts follow the profile as they follow the rate where there is none.
 */
export class RateClock {
  /** Of the event that is next, or was just made: epoch ms, not rounded; never goes back. */
  exactMs: number;
  private readonly startMs: number;
  private readonly profile: RateProfile | null;
  private plainMs = 0;

  constructor({ startMs, profile }: Pick<GeneratorConfig, 'startMs' | 'profile'>) {
    this.exactMs = startMs;
    this.startMs = startMs;
    this.profile = rateProfile(profile);
  }

  /** One more gap, as it is at the plain rate. */
  pass(gapMs: number): void {
    if (this.profile === null) {
      this.exactMs += gapMs;
      return;
    }
    this.plainMs += gapMs;
    this.exactMs = Math.max(this.exactMs, this.startMs + this.profile.msBy(this.plainMs));
  }
}

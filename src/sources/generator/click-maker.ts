import type { Column } from '../../stream/column.ts';
import { ClickStream, PAGES } from './click-stream.ts';
import type { EventMaker } from './event-maker.ts';
import type { GeneratorConfig } from './generator-config.ts';
import { KeyNames, floatColumn, textColumn } from './made-columns.ts';
import { COUNTRIES, DEVICES, Population } from './population.ts';

/** user, page, number of the click */
const CLICK_FIGURES = 3;

export class ClickMaker implements EventMaker {
  readonly figures = new Float64Array(CLICK_FIGURES);
  timeMs = 0;
  soonestMs: number;
  private readonly clicks: ClickStream;
  private readonly population: Population;
  private readonly names: KeyNames;

  constructor(config: GeneratorConfig, seed: number) {
    this.population = new Population(seed, config);
    this.clicks = new ClickStream(seed, config, this.population);
    this.names = new KeyNames(config.keys, 'u');
    this.soonestMs = config.startMs;
  }

  next(): void {
    const { clicks, figures } = this;
    clicks.next();
    this.timeMs = clicks.timeMs;
    this.soonestMs = clicks.timeMs;
    figures[0] = clicks.user;
    figures[1] = clicks.page;
    figures[2] = clicks.number;
  }

  columns(times: Float64Array, figures: Float64Array): Column[] {
    const { devices, countries } = this.population;
    const rows = times.length;
    const user = (row: number): number => figures[row * CLICK_FIGURES] ?? 0;
    return [
      { kind: 'float', values: times, nulls: null },
      this.names.column(user, rows),
      textColumn(rows, PAGES, (row) => figures[row * CLICK_FIGURES + 1] ?? 0),
      textColumn(rows, DEVICES, (row) => devices[user(row)] ?? 0),
      textColumn(rows, COUNTRIES, (row) => countries[user(row)] ?? 0),
      floatColumn(rows, (row) => figures[row * CLICK_FIGURES + 2] ?? 0),
    ];
  }
}

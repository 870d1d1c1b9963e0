import type { Column } from '../../../stream/column.ts';
import type { EventMaker } from '../event-maker.ts';
import type { GeneratorConfig } from '../generator-config.ts';
import { floatColumn, textColumn } from '../made-columns.ts';
import { skipWords } from './draws.ts';
import { lastPerson, personId } from './event-order.ts';
import { EventTimes } from './event-times.ts';
import { CITIES, FIRST_NAMES, LAST_NAMES, NAMES, STATES } from './names.ts';

/** id, name, city, state */
const FIGURES = 4;

/** People who open an account at the auction house of the Nexmark benchmark. */
export class PersonMaker implements EventMaker {
  readonly figures = new Float64Array(FIGURES);
  timeMs: number;
  soonestMs: number;
  private readonly events: EventTimes;

  constructor(config: GeneratorConfig) {
    this.events = new EventTimes(config, 'people');
    this.timeMs = this.soonestMs = config.startMs;
  }

  next(): void {
    const { events, figures } = this;
    const { random } = events;
    events.next();
    this.timeMs = this.soonestMs = events.timeMs;
    figures[0] = personId(lastPerson(events.event));
    figures[1] = random.below(FIRST_NAMES.length) * LAST_NAMES.length + random.below(LAST_NAMES.length);
    // The mail address and the four groups of the credit card's number.
    skipWords(7, random);
    skipWords(5, random);
    for (let group = 0; group < 4; group++) random.below(10_000);
    figures[2] = random.below(CITIES.length);
    figures[3] = random.below(STATES.length);
  }

  columns(times: Float64Array, figures: Float64Array): Column[] {
    const rows = times.length;
    const at =
      (figure: number) =>
      (row: number): number =>
        figures[row * FIGURES + figure] ?? 0;
    return [
      { kind: 'float', values: times, nulls: null },
      floatColumn(rows, at(0)),
      textColumn(rows, NAMES, at(1)),
      textColumn(rows, CITIES, at(2)),
      textColumn(rows, STATES, at(3)),
    ];
  }
}

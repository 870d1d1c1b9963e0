import type { Column } from '../../../../src/stream/column.ts';
import { lastPerson, personId } from '../../../../src/sources/generator/nexmark/event-order.ts';
import { CITIES, FIRST_NAMES, LAST_NAMES, NAMES, STATES } from '../../../../src/sources/generator/nexmark/names.ts';
import type { JavaRandom } from '../../../../src/sources/generator/nexmark/java-random.ts';
import { TextColumnWriter } from './text-column.ts';

const AVERAGE_BYTES = 200;

/** Columns of the people of a chunk; rows of other events are NULL as a whole. */
export class PeopleColumns {
  private readonly id: Float64Array;
  private readonly name: Int32Array;
  private readonly email: TextColumnWriter;
  private readonly card: TextColumnWriter;
  private readonly city: Int32Array;
  private readonly state: Int32Array;
  private readonly dateTime: Float64Array;
  private readonly extra: TextColumnWriter;

  constructor(rows: number) {
    this.id = new Float64Array(rows);
    this.name = new Int32Array(rows);
    this.email = new TextColumnWriter(rows);
    this.card = new TextColumnWriter(rows);
    this.city = new Int32Array(rows);
    this.state = new Int32Array(rows);
    this.dateTime = new Float64Array(rows);
    this.extra = new TextColumnWriter(rows);
  }

  /** Writes the person that the event makes. The draws come in Beam's order, and `random` was seeded by the event. */
  write(row: number, event: number, random: JavaRandom, timeMs: number): void {
    this.id[row] = personId(lastPerson(event));
    const name = random.below(FIRST_NAMES.length) * LAST_NAMES.length + random.below(LAST_NAMES.length);
    const email = this.writeEmail(row, random);
    const card = this.writeCard(row, random);
    const city = random.below(CITIES.length);
    const state = random.below(STATES.length);
    this.name[row] = name;
    this.city[row] = city;
    this.state[row] = state;
    this.dateTime[row] = timeMs;
    const size = 8 + NAMES[name]!.length + email + card + CITIES[city]!.length + STATES[state]!.length;
    this.extra.padding(random, { size, average: AVERAGE_BYTES });
    this.extra.end(row);
  }

  private writeEmail(row: number, random: JavaRandom): number {
    this.email.words(random, 7);
    this.email.put('@');
    this.email.words(random, 5);
    this.email.put('.com');
    return this.email.end(row);
  }

  private writeCard(row: number, random: JavaRandom): number {
    for (let group = 0; group < 4; group++) {
      if (group > 0) this.card.put(' ');
      this.card.fourDigits(random.below(10_000));
    }
    return this.card.end(row);
  }

  /** As `PERSON_TYPE` lists them. */
  columns(): readonly Column[] {
    return [
      { kind: 'float', values: this.id, nulls: null },
      { kind: 'text', ids: this.name, dictionary: NAMES, nulls: null },
      this.email.column(),
      this.card.column(),
      { kind: 'text', ids: this.city, dictionary: CITIES, nulls: null },
      { kind: 'text', ids: this.state, dictionary: STATES, nulls: null },
      { kind: 'float', values: this.dateTime, nulls: null },
      this.extra.column(),
    ];
  }
}

import { assert } from '../../stream/assert.ts';
import type { TimeFormat, TimeReader } from '../event-time.ts';
import { timeReader } from '../event-time.ts';
import type { JsonTree } from '../json/json-tree.ts';
import { jsonText } from '../json/json-tree.ts';
import { ValueError } from '../json/json-value.ts';
import { cutText } from '../rejects.ts';
import { encodeUtf8 } from '../text/utf8-reader.ts';

/** How a column of a file writes its times: what the rows of a log are read by, too. */
export interface WrittenTime {
  readonly format: TimeFormat;
  /** Texts that mean NULL. */
  readonly nulls: readonly string[];
}

/** Reads times in JSON values into epoch ms as a file's reader does: by the column's unit, pattern and zone. */
export class WrittenTimeReader {
  private readonly nulls: readonly string[];
  private readonly reader: TimeReader;

  constructor({ format, nulls }: WrittenTime) {
    const reader = timeReader(format);
    assert(!('of' in reader), 'a time format that was checked');
    this.reader = reader;
    this.nulls = nulls;
  }

  /** Throws a `ValueError` where there is no such time. */
  read(json: JsonTree): number | null {
    if (json === null) return null;
    const text = typeof json === 'string' ? json.trim() : jsonText(json);
    if (text === '' || this.nulls.includes(text)) return null;
    const bytes = encodeUtf8(text);
    const isNumber = typeof json === 'number' || typeof json === 'bigint';
    const timeMs = this.reader.readMs(bytes, 0, bytes.length, isNumber);
    if (Number.isNaN(timeMs)) throw new ValueError(`${this.reader.fault}: ${cutText(text, 80)}`);
    return timeMs;
  }
}

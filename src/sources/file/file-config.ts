import { z } from 'zod';
import { watermarkConfig } from '../../stream/watermark-config.ts';
import { LIMITS } from '../limits.ts';

export const FILE_FORMATS = ['auto', 'csv', 'ndjson', 'json', 'geojson'] as const;
export type FileFormat = Exclude<(typeof FILE_FORMATS)[number], 'auto'>;
export const ENCODINGS = ['auto', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = Exclude<(typeof ENCODINGS)[number], 'auto'>;

const unit = z.string().min(1).max(200);
const zone = z.string().min(1).max(100);

const column = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(LIMITS.rejectTextChars)
    .meta({ title: 'Name', description: 'What expressions call the column.' }),
  path: z.string().max(2_000).optional().meta({
    title: 'Path',
    description: 'Where the value stands in a JSON record: names and positions with dots between, as properties.mag.',
  }),
  type: z
    .string()
    .min(1)
    .max(2_000)
    .meta({ title: 'Type', description: 'As in SQL: STRING, BIGINT, DOUBLE, TIMESTAMP, …' }),
  unit: unit.optional().meta({
    title: 'Unit',
    description:
      'How a TIMESTAMP is written: s, ms, us, ns, iso, or a pattern such as yyyy/MM/dd HH:mm. ISO when left out.',
  }),
  nulls: z.array(z.string().max(100)).max(20).optional().meta({
    title: 'NULL is written',
    description: 'Texts that mean NULL, beside an empty value.',
  }),
});
export type FileColumn = z.output<typeof column>;

const time = z.strictObject({
  column: z.string().min(1).meta({ title: 'Column', description: 'The column that holds the event time.' }),
  unit: unit.meta({
    title: 'Unit',
    description: 's, ms, us or ns since 1970; iso; or a pattern such as yyyy/MM/dd HH:mm or %Y/%m/%d %H:%M.',
  }),
  zone: zone.default('UTC').meta({ title: 'Zone', description: 'Zone of local times, as Europe/Berlin.' }),
});
export type FileTime = z.output<typeof time>;

function arrivesBy<By extends string>(by: By) {
  const description =
    'file-order: as the records stand. column: at the time in a column. expression: at a computed time.';
  return z.literal(by).meta({ title: 'By', description });
}

const arrival = z.discriminatedUnion('by', [
  z
    .strictObject({ by: arrivesBy('file-order') })
    .meta({ title: 'File order', description: 'In the order of the file, each at the latest event time so far.' }),
  z
    .strictObject({
      by: arrivesBy('column'),
      column: z.string().min(1).meta({ title: 'Column', description: 'The column that holds the time of arrival.' }),
      unit: unit.meta({ title: 'Unit', description: 'As for the event time.' }),
    })
    .meta({ title: 'Column', description: 'At the time that a column holds.' }),
  z
    .strictObject({
      by: arrivesBy('expression'),
      expression: z.string().min(1).max(4096).meta({
        title: 'Arrival',
        description: 'A TIMESTAMP, or milliseconds since 1970; the event-time column is a TIMESTAMP here.',
        control: 'expression',
      }),
    })
    .meta({ title: 'Expression', description: 'At a time that is computed of the record.' }),
]);
export type FileArrival = z.output<typeof arrival>;

const partition = z.strictObject({
  column: z.string().min(1).meta({
    title: 'Column',
    description:
      'The column that says which partition a row belongs to: a whole number counts modulo the count, a text goes by its hash.',
  }),
  count: z
    .number()
    .int()
    .min(1)
    .max(LIMITS.partitions)
    .default(4)
    .meta({ title: 'Count', description: 'How many partitions there are, from the start.', unit: 'partitions' }),
});

function changesBy<By extends string>(by: By) {
  const description =
    'none: records add rows, or do what the op of a written log says. column: the operation stands in a column. debezium: records are change events of Debezium.';
  return z.literal(by).meta({ title: 'By', description });
}

const ops = z.discriminatedUnion('by', [
  z
    .strictObject({ by: changesBy('none') })
    .meta({ title: 'None', description: 'Records add rows, or do what the op of a written log says.' }),
  z
    .strictObject({
      by: changesBy('column'),
      column: z
        .string()
        .min(1)
        .meta({
          title: 'Column',
          description:
            'Holds +I, -U, +U, -D; or insert, update, delete; or c, u, d, r as Debezium writes; or true for deleted. It is no column of the rows.',
          engineNames: { 'flink-sql': 'RowKind' },
        }),
    })
    .meta({ title: 'Column', description: 'The operation of each record stands in one of its columns.' }),
  z
    .strictObject({
      by: changesBy('debezium'),
      path: z.string().max(2_000).default('').meta({
        title: 'Envelope',
        description:
          'Where before, after and op stand in a record, as payload. Empty: in the record itself. Columns have paths such as after.id.',
      }),
    })
    .meta({
      title: 'Debezium',
      description:
        'Change events with the row before and after, and op: c, u, d or r. A null record, the tombstone behind a deletion, is passed over.',
    }),
]);
export type FileOps = z.output<typeof ops>;

export const fileConfig = z.strictObject({
  fileName: z.string().max(1_000).default('').meta({
    title: 'File',
    description: 'The name of the file that was chosen; the file itself stays on this machine.',
    control: 'file',
  }),
  format: z.enum(FILE_FORMATS).default('auto').meta({
    title: 'Format',
    description: 'CSV with any delimiter; NDJSON, one object a line; a JSON array; GeoJSON features.',
  }),
  encoding: z.enum(ENCODINGS).default('auto').meta({
    title: 'Encoding',
    description: 'How letters are written. auto: by the byte order mark, else UTF-8.',
  }),
  delimiter: z
    .enum(['auto', ',', ';', '\t', '|'])
    .default('auto')
    .meta({
      title: 'Delimiter',
      description: 'What stands between two values of a CSV file.',
      showWhen: { name: 'format', values: ['auto', 'csv'] },
    }),
  header: z
    .enum(['auto', 'first-line', 'none'])
    .default('auto')
    .meta({
      title: 'Header',
      description: 'Whether the first line of a CSV file names the columns; without names they are c1, c2, ….',
      showWhen: { name: 'format', values: ['auto', 'csv'] },
    }),
  decimal: z
    .enum(['point', 'comma'])
    .default('point')
    .meta({
      title: 'Decimal sign',
      description: 'comma: 1.234,50 is a thousand and a bit.',
      showWhen: { name: 'format', values: ['auto', 'csv'] },
    }),
  arrayPath: z
    .string()
    .max(2_000)
    .default('')
    .meta({
      title: 'Array',
      description: 'Where a JSON file keeps its records, as data.items. Empty: the file itself is the array.',
      showWhen: { name: 'format', values: ['json'] },
    }),
  columns: z.array(column).max(LIMITS.columns).default([]).meta({
    title: 'Columns',
    description: 'What is read of each record. Found in the file when it is loaded.',
    control: 'fields',
  }),
  time: time.nullable().default(null).meta({ title: 'Event time', description: 'When an event happened.' }),
  arrival: arrival.prefault({ by: 'file-order' }).meta({
    title: 'Arrival',
    description: 'In which order, and when, events reach the system. File order: the latest event time so far.',
  }),
  partition: partition.nullable().default(null).meta({
    title: 'Partitions',
    description: 'Parts of the source with a watermark each; the least of them is that of the source.',
  }),
  changes: z
    .enum(['append', 'upsert', 'retract'])
    .default('append')
    .meta({
      title: 'Changes',
      description:
        'What a row may do, as the op of a written log says. append: adds itself (+I). upsert: replaces or deletes by key (+I, +U, −D). retract: takes others back one by one (+I, −U, +U, −D). The rows of a plain file only add themselves, unless it has operations.',
      engineNames: { 'flink-sql': 'changelog mode', 'kafka-streams': 'KStream, KTable', ksqldb: 'STREAM, TABLE' },
    }),
  ops: ops.prefault({ by: 'none' }).meta({
    title: 'Operations',
    description: 'What in a record says how it changes the table. Needs changes upsert or retract.',
  }),
  key: z
    .array(z.string().max(LIMITS.rejectTextChars))
    .max(100)
    .default([])
    .meta({
      title: 'Key',
      description: 'The columns that tell which row a change is about.',
      control: 'columns',
      engineNames: { 'flink-sql': 'PRIMARY KEY', ksqldb: 'PRIMARY KEY' },
      showWhen: { name: 'changes', values: ['upsert', 'retract'] },
    }),
  watermark: watermarkConfig.prefault({}).meta({ title: 'Watermark', description: 'How far event time has come.' }),
});

export type FileConfig = z.output<typeof fileConfig>;
export type Delimiter = Exclude<FileConfig['delimiter'], 'auto'>;

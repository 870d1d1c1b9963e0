import { Random } from '../../../src/stream/random.ts';
import { pick, textFile } from './text-file.ts';

const CITIES = [
  'Berlin',
  'München',
  'São Paulo',
  'Washington, D.C.',
  'Łódź',
  '東京',
  'Paris',
  'Roma',
  'Den Haag',
  "L'Aquila",
  'Praha',
  'New York',
];
const ZONES: readonly (readonly [string, number])[] = [
  ['Z', 0],
  ['+01:00', 60],
  ['+05:30', 330],
  ['-08:00', -480],
];
const WORDS =
  'please ring twice leave with the neighbour fragile glass second floor back door gift wrapped no invoice inside call before delivery closed on monday'.split(
    ' ',
  );
const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0',
];

/** One order of a shop. What is null is an empty field, or a key that is not there. */
interface Order {
  readonly id: number;
  readonly placedAt: string;
  readonly customer: string;
  readonly email: string;
  readonly city: string;
  readonly amount: string | null;
  readonly discount: string;
  readonly items: number;
  readonly paid: boolean;
  readonly session: string;
  readonly agent: string;
  readonly note: string | null;
  readonly referrer: string;
  readonly updatedAt: string;
  readonly rating: number | null;
}

function isoAt(ms: number, random: Random): string {
  const [zone, minutes] = pick(ZONES, random);
  return new Date(ms + minutes * 60_000).toISOString().slice(0, -1) + zone;
}

function noteOf(random: Random): string | null {
  const kind = random.below(10);
  if (kind < 5) return null;
  const words = Array.from({ length: 4 + random.below(kind === 9 ? 60 : 12) }, () => pick(WORDS, random));
  if (kind === 7) words[1] = '"quickly"';
  if (kind === 8) words[2] = 'line\nbreak';
  if (kind === 9) words[3] = '😀';
  return words.join(' ');
}

const hex = (random: Random): string => random.uint32().toString(16).padStart(8, '0');

function orders(): () => Order {
  const random = new Random(11);
  let ms = Date.UTC(2026, 0, 1);
  let id = 9_000_000;
  return () => {
    ms += random.below(200);
    const customer = random.below(200_000);
    return {
      id: id++,
      placedAt: isoAt(ms, random),
      customer: `C${100_000 + customer}`,
      email: `customer.${customer}@example.org`,
      city: pick(CITIES, random),
      amount: random.below(20) === 0 ? null : (random.below(5_000_000) / 100).toFixed(2),
      discount: pick(['0', '0.05', '1.25e-1', '5E-2', '0.3333333333333333'], random),
      items: 1 + random.below(40),
      paid: random.below(8) > 0,
      session: `${hex(random)}-${hex(random)}`,
      agent: pick(AGENTS, random),
      note: noteOf(random),
      referrer: `https://shop.example.org/products/${random.below(90_000)}?campaign=spring&position=${random.below(40)}`,
      updatedAt: isoAt(ms + 60_000, random),
      rating: random.below(2) === 0 ? null : 1 + random.below(5),
    };
  };
}

const HEAD =
  'order_id,placed_at,customer,email,city,amount,discount,items,paid,session,user_agent,note,referrer,updated_at,rating\r\n';

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What a database exports: a byte order mark, CRLF, quotes where they must be, many columns of which few are of use. */
export function orderCsv(records: number): Uint8Array {
  const next = orders();
  return textFile(records, `\ufeff${HEAD}`, () => {
    const o = next();
    const front = `${o.id},${o.placedAt},${o.customer},${o.email},${cell(o.city)},${o.amount ?? ''},${o.discount}`;
    const middle = `${o.items},${o.paid},${o.session},${cell(o.agent)},${cell(o.note ?? '')}`;
    return `${front},${middle},${o.referrer},${o.updatedAt},${o.rating ?? ''}\r\n`;
  });
}

/** As programs that write ASCII alone do. */
function escaped(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** The same orders as objects: escapes, keys that are not always there, things inside of things. */
export function orderNdjson(records: number): Uint8Array {
  const next = orders();
  return textFile(records, '', () => {
    const o = next();
    const customer = `{"id":"${o.customer}","email":"${o.email}","city":${escaped(o.city)}}`;
    const front = `"order_id":${o.id},"placed_at":"${o.placedAt}","customer":${customer},"amount":${o.amount}`;
    const middle = `"discount":${o.discount},"items":${o.items},"paid":${o.paid},"session":"${o.session}"`;
    const note = o.note === null ? '' : `,"note":${escaped(o.note)}`;
    const rest = `"user_agent":"${o.agent}","referrer":"${o.referrer}","tags":["web","spring",${o.items % 3}]`;
    return `{${front},${middle}${note},${rest},"updated_at":"${o.updatedAt}","rating":${o.rating}}\n`;
  });
}

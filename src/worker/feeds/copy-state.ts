type Reference = Readonly<Record<string, unknown>>;

/**
 * Names of fields that a feed shares with its copies: what never changes once it is there. Of an array, a map or a set in
 * such a field the copy has its own, with the same members; members that say how many `bytes` they take count with them.
 * Derived fields are null in a copy, which makes them of the others when it needs them. All else of a feed is copied, down to
 * the last array.
 */
export interface SharingFields {
  readonly sharedFields: readonly string[];
  readonly derivedFields?: readonly string[];
}

export interface StateCopy<Feed> {
  readonly copy: Feed;
  /** What the copy is made of, and about how many bytes each takes; some of it it may have in common with the earlier copy. */
  readonly parts: ReadonlyMap<object, number>;
}

/**
 * A feed as it stands, which goes its own way from then on. With an `earlier` copy of the same feed: whatever is as it was
 * then is that copy's, so neither may be changed from then on.
 */
export function copyState<Feed extends object>(feed: Feed, earlier: Feed | null = null): StateCopy<Feed> {
  const copier = new Copier();
  const copy = copier.copy(feed, earlier) as Feed;
  if (copier.smallBytes > 0) copier.parts.set({}, copier.smallBytes);
  return { copy, parts: copier.parts };
}

/** What is smaller is counted together, for the copy that it was made for. */
const LEAST_PART_BYTES = 128;

const ENTRY_BYTES = 40;
const OBJECT_BYTES = 32;
const FIELD_BYTES = 8;

class Copier {
  readonly parts = new Map<object, number>();
  smallBytes = 0;
  /** Two fields that name one object name one copy. */
  private readonly copies = new Map<object, object>();
  /** What of the earlier copy stands for something here: for one thing only, else two would become one. */
  private readonly taken = new Set<object>();

  copy(value: unknown, earlier: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const known = this.copies.get(value);
    if (known !== undefined) return known;
    const before = this.alike(value, earlier);
    if (ArrayBuffer.isView(value)) return this.array(value, before);
    if (value instanceof Map) return this.map(value, before as ReadonlyMap<unknown, unknown> | null);
    if (value instanceof Set) return this.collection(value, before, () => new Set(value));
    if (Array.isArray(value)) return this.list(value, before as readonly unknown[] | null);
    return this.object(value, before);
  }

  /** What may be taken in place of a copy, if it holds the same. */
  private alike(value: object, earlier: unknown): object | null {
    if (typeof earlier !== 'object' || earlier === null || this.taken.has(earlier)) return null;
    return Object.getPrototypeOf(earlier) === Object.getPrototypeOf(value) ? earlier : null;
  }

  private array(value: ArrayBufferView, before: object | null): object {
    const isSame = before !== null && sameBytes(value, before as ArrayBufferView);
    return this.chosen(value, isSame ? before : (value as Float64Array).slice(), {
      isSame,
      bytes: value.byteLength,
    });
  }

  private map(value: ReadonlyMap<unknown, unknown>, before: ReadonlyMap<unknown, unknown> | null): object {
    const sizeBytes = value.size * ENTRY_BYTES;
    // Plain values that have not changed, as in most maps: nothing is made of them.
    if (before !== null && sameMembers(value, before)) {
      return this.chosen(value, before, { isSame: true, bytes: sizeBytes });
    }
    const copy = new Map<unknown, unknown>();
    this.copies.set(value, copy);
    let isSame = before?.size === value.size;
    const keys = before?.keys();
    for (const [key, item] of value) {
      const old = before?.get(key);
      const copied = this.copy(item, old);
      isSame &&= Object.is(copied, old) && Object.is(keys?.next().value, key);
      copy.set(key, copied);
    }
    return this.chosen(value, isSame ? (before as object) : copy, { isSame, bytes: sizeBytes });
  }

  private list(value: readonly unknown[], before: readonly unknown[] | null): object {
    const copy: unknown[] = [];
    this.copies.set(value, copy);
    let isSame = before?.length === value.length;
    for (let i = 0; i < value.length; i++) {
      const copied = this.copy(value[i], before?.[i]);
      isSame &&= Object.is(copied, before?.[i]);
      copy.push(copied);
    }
    return this.chosen(value, isSame ? (before as object) : copy, { isSame, bytes: value.length * ENTRY_BYTES });
  }

  private object(value: object, before: object | null): object {
    const copy = Object.create(Object.getPrototypeOf(value) as object | null) as Record<string, unknown>;
    this.copies.set(value, copy);
    const { sharedFields = [], derivedFields = [] } = value.constructor as Partial<SharingFields>;
    const fields = Object.entries(value as Reference);
    const old = before as Reference | null;
    let isSame = old !== null && Object.keys(old).length === fields.length;
    for (const [name, item] of fields) {
      const of = derivedFields.includes(name) ? null : item;
      const copied = sharedFields.includes(name) ? this.share(of, old?.[name]) : this.copy(of, old?.[name]);
      isSame &&= Object.is(copied, old?.[name]);
      copy[name] = copied;
    }
    return this.chosen(value, isSame ? (before as object) : copy, {
      isSame,
      bytes: OBJECT_BYTES + FIELD_BYTES * fields.length,
    });
  }

  /** The same members in a collection of the copy's own. */
  private share(value: unknown, earlier: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const before = this.alike(value, earlier);
    if (Array.isArray(value)) return this.collection(value, before, () => [...(value as unknown[])]);
    if (value instanceof Map) return this.collection(value, before, () => new Map(value));
    if (value instanceof Set) return this.collection(value, before, () => new Set(value));
    return value;
  }

  private collection(value: Collection, before: object | null, copied: () => object): object {
    const isSame = before !== null && sameMembers(value, before as Collection);
    const size = Array.isArray(value) ? value.length : (value as ReadonlySet<unknown>).size;
    for (const member of value.values()) if (isSized(member)) this.parts.set(member, member.bytes);
    return this.chosen(value, isSame ? before : copied(), { isSame, bytes: size * ENTRY_BYTES });
  }

  private chosen(value: object, copy: object, { isSame, bytes }: { isSame: boolean; bytes: number }): object {
    this.copies.set(value, copy);
    if (isSame) this.taken.add(copy);
    if (bytes >= LEAST_PART_BYTES) this.parts.set(copy, bytes);
    else if (!isSame) this.smallBytes += bytes;
    return copy;
  }
}

type Collection = readonly unknown[] | ReadonlySet<unknown> | ReadonlyMap<unknown, unknown>;

function isSized(member: unknown): member is { readonly bytes: number } {
  return typeof member === 'object' && member !== null && typeof (member as { bytes?: unknown }).bytes === 'number';
}

/** The same ones in the same order. */
function sameMembers(value: Collection, other: Collection): boolean {
  const others = other.entries();
  for (const [key, item] of value.entries()) {
    const next = others.next();
    if (next.done === true || !Object.is(next.value[0], key) || !Object.is(next.value[1], item)) return false;
  }
  return others.next().done === true;
}

function sameBytes(value: ArrayBufferView, other: ArrayBufferView): boolean {
  const { byteLength } = value;
  if (byteLength !== other.byteLength) return false;
  const isWhole = (value.byteOffset | other.byteOffset | byteLength) % 4 === 0;
  const a = isWhole ? words(value) : bytesOf(value);
  const b = isWhole ? words(other) : bytesOf(other);
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function words({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint32Array {
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

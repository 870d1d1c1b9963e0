/**
 * Cuts a stream of bytes into lines without their ends (LF or CRLF), the last one also when nothing ends it. Lines of
 * more than `limitBytes` come as null.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  limitBytes: number,
): AsyncGenerator<Uint8Array | null> {
  let carry: Uint8Array[] = [];
  let carried = 0;
  let tooLong = false;
  const take = (rest: Uint8Array): Uint8Array | null => {
    const line = carried === 0 ? rest : joinBytes([...carry, rest]);
    const long = tooLong || line.length > limitBytes;
    carry = [];
    carried = 0;
    tooLong = false;
    return long ? null : line[line.length - 1] === 13 ? line.subarray(0, -1) : line;
  };
  let any = false;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      yield take(chunk.subarray(start, end));
      start = end + 1;
    }
    any = start < chunk.length || (any && start === 0);
    if (start < chunk.length && !tooLong) {
      carry.push(chunk.slice(start));
      carried += chunk.length - start;
      if (carried > limitBytes) {
        tooLong = true;
        carry = [];
        carried = 0;
      }
    }
  }
  if (any) yield take(new Uint8Array(0));
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

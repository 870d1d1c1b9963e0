/** What one step may inflate to is about a thousand times this. */
const STEP_BYTES = 256;

/**
 * Inflates raw DEFLATE, and stops as soon as more than `maxBytes` have come out. The input goes in by small steps, each
 * taken when the one before it has been read: nothing much larger than the limit is ever held.
 */
export async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  maxBytes: number,
): Promise<Uint8Array | 'too-large' | 'damaged'> {
  let at = 0;
  const steps = new ReadableStream<BufferSource>({
    pull: (controller) => {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.subarray(at, (at += STEP_BYTES)));
    },
  });
  const reader = steps.pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      size += step.value.length;
      if (size > maxBytes) {
        await reader.cancel();
        return 'too-large';
      }
      parts.push(step.value);
    }
  } catch {
    // Bytes that are no DEFLATE, or that end too early: each platform rejects with an error of its own.
    return 'damaged';
  }
  return joined(parts, size);
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

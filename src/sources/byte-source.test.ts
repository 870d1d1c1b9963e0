import { describe, expect, it } from 'vitest';
import { InflateError, inflateError } from './byte-source.ts';

describe('bytes', () => {
  it('of a damaged stream are told apart by what the decoder says', () => {
    const fault = (message: string): string | undefined => inflateError(new TypeError(message))?.fault;
    expect(fault('unexpected end of file')).toBe('cut');
    expect(fault('Compressed input was truncated.')).toBe('cut');
    expect(fault('incorrect data check')).toBe('checksum');
    expect(fault('The compressed data was not valid: incorrect header check.')).toBe('damaged');
    expect(fault('the disk is gone')).toBeUndefined();
    expect(inflateError(new InflateError('cut', 'x'))?.fault).toBe('cut');
  });
});

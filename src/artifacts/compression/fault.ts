/** How a decoder stops on data that it cannot unpack. */

/**
 * - `truncated`: the data end before the stream does;
 * - `damaged`: what stands there cannot be, or a checksum is wrong;
 * - `too-large`: there is more to unpack than the caller takes;
 * - `unsupported`: sound as far as one can tell, but with a feature that is not implemented.
 */
export type FaultCode = 'truncated' | 'damaged' | 'too-large' | 'unsupported';

/** Thrown inside the decoders and caught by `unpack`. */
export class UnpackFault extends Error {
  readonly code: FaultCode;
  /** Offset in the input at which the decoder was. */
  readonly at: number;

  constructor(code: FaultCode, at: number, message: string) {
    super(message);
    this.code = code;
    this.at = at;
  }
}

export const truncated = (at: number): UnpackFault => new UnpackFault('truncated', at, 'the data end too early');
export const damaged = (at: number, what: string): UnpackFault => new UnpackFault('damaged', at, what);

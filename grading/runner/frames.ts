/** Length-prefixed JSON: a 4-byte little-endian length, then the text, at most 8 MB. */
export const MAX_FRAME = 8 << 20;

export function frame(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message), "utf8");
  if (body.length > MAX_FRAME)
    throw new RangeError(`frame must have at most ${MAX_FRAME} bytes, got ${body.length}`);
  const head = Buffer.alloc(4);
  head.writeUInt32LE(body.length);
  return Buffer.concat([head, body]);
}

/** Collects bytes and gives out whole messages. */
export class FrameReader {
  private buffer: Buffer = Buffer.alloc(0);

  push(bytes: Buffer): unknown[] {
    this.buffer = this.buffer.length === 0 ? bytes : Buffer.concat([this.buffer, bytes]);
    const messages: unknown[] = [];
    while (this.buffer.length >= 4) {
      const length = this.buffer.readUInt32LE(0);
      if (length > MAX_FRAME) throw new RangeError("frame too long");
      if (this.buffer.length < 4 + length) break;
      messages.push(JSON.parse(this.buffer.subarray(4, 4 + length).toString("utf8")));
      this.buffer = this.buffer.subarray(4 + length);
    }
    return messages;
  }
}

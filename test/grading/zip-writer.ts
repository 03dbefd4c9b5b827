/** Writes archives for the tests, honest ones and such that lie: the reader must not trust them. */
import zlib from "node:zlib";

export interface Packed {
  readonly name: string;
  readonly bytes: Buffer | string;
  /** the unpacked size that the list states, if it is to lie */
  readonly says?: number;
  /** Unix mode, such as 0o120777 for a link */
  readonly mode?: number;
  readonly encrypted?: boolean;
}

// Node 20 has none of its own
const table = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes: Buffer) => {
  let c = 0xffffffff;
  for (const b of bytes) c = table[(c ^ b) & 255]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
};

export function zipOf(files: readonly Packed[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, says, mode, encrypted } of files) {
    const content = Buffer.from(bytes);
    const packed = zlib.deflateRawSync(content);
    const title = Buffer.from(name, "utf8");
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800 | (encrypted ? 1 : 0), 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(says ?? content.length, 18);
    common.writeUInt16LE(title.length, 22);
    locals.push(Buffer.concat([Buffer.from("PK\x03\x04"), common, title, packed]));
    const head = Buffer.alloc(46);
    head.write("PK\x01\x02", 0, "latin1");
    head.writeUInt16LE((3 << 8) | 20, 4);
    common.copy(head, 6, 0, 24);
    head.writeUInt32LE(((mode ?? 0o100644) << 16) >>> 0, 38);
    head.writeUInt32LE(offset, 42);
    central.push(Buffer.concat([head, title]));
    offset += locals.at(-1)!.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(files.length & 0xffff, 8);
  end.writeUInt16LE(files.length & 0xffff, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, list, end]);
}

/**
 * Small pictures: a chart needs few colours, and a PNG with a palette (PNG specification, third edition, §11.2.2) stores
 * one byte per pixel that packs well. About 20 kB where the full-colour picture takes 60.
 */
import { crc32, deflateSync } from "node:zlib";

type Colour = readonly [red: number, green: number, blue: number];
interface Counted {
  readonly colour: Colour;
  readonly count: number;
}

/** The channel along which the colours of a box differ most, and by how much: the sum of squares around the mean. */
function spread(box: readonly Counted[]): { channel: number; error: number; mean: number } {
  const pixels = box.reduce((sum, { count }) => sum + count, 0);
  const channels = [0, 1, 2].map((channel) => {
    const mean = box.reduce((sum, { colour, count }) => sum + colour[channel]! * count, 0) / pixels;
    const error = box.reduce((sum, { colour, count }) => sum + (colour[channel]! - mean) ** 2 * count, 0);
    return { channel, error, mean };
  });
  return channels.reduce((widest, next) => (next.error > widest.error ? next : widest));
}

/** At most `size` of the picture's own colours, chosen by cutting the colour cube where it is spread most. */
function choosePalette(colours: readonly Counted[], size: number): Colour[] {
  let boxes = [{ colours, ...spread(colours) }];
  while (boxes.length < size) {
    const worst = boxes.reduce((a, b) => (b.error > a.error ? b : a));
    if (worst.error === 0) break;
    const { channel, mean } = worst;
    const halves = [
      worst.colours.filter(({ colour }) => colour[channel]! <= mean),
      worst.colours.filter(({ colour }) => colour[channel]! > mean),
    ];
    boxes = boxes.filter((box) => box !== worst);
    for (const half of halves) boxes.push({ colours: half, ...spread(half) });
  }
  // The commonest colour of each box, not the mean: white stays white, and a line keeps its colour.
  return boxes.map((box) => box.colours.reduce((a, b) => (b.count > a.count ? b : a)).colour);
}

function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/**
 * A PNG with a palette from opaque pixels.
 *
 * @param rgba - 4 bytes per pixel, row by row; alpha is taken as 255
 * @param size - number of colours, at most 256
 */
export function png8(rgba: Uint8Array, width: number, height: number, size = 48): Uint8Array {
  const counts = new Map<number, number>();
  const keyAt = (i: number) => (rgba[4 * i]! << 16) | (rgba[4 * i + 1]! << 8) | rgba[4 * i + 2]!;
  for (let i = 0; i < width * height; i++) counts.set(keyAt(i), (counts.get(keyAt(i)) ?? 0) + 1);
  const split = (key: number): Colour => [key >> 16, (key >> 8) & 255, key & 255];
  // Sorted, so that the same pixels give the same bytes whatever the order in which their colours appear.
  const colours = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([key, count]) => ({ colour: split(key), count }));

  const palette = choosePalette(colours, size);
  const distance = (a: Colour, b: Colour) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
  const nearest = new Map<number, number>();
  for (const key of counts.keys()) {
    const colour = split(key);
    let best = 0;
    for (let j = 1; j < palette.length; j++)
      if (distance(palette[j]!, colour) < distance(palette[best]!, colour)) best = j;
    nearest.set(key, best);
  }

  // One filter byte (0: none) in front of each row: neighbouring palette numbers mean nothing, so no filter helps.
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = nearest.get(keyAt(y * width + x))!;

  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8); // 8 bits, palette, deflate, adaptive filters, not interlaced
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", header),
    chunk("PLTE", Uint8Array.from(palette.flat())),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", new Uint8Array()),
  ]);
}

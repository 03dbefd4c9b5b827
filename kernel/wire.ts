// The wire format of Jupyter: [identities…, "<IDS|MSG>", signature, header, parent, metadata, content, buffers…].
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

export interface Connection {
  transport: string;
  ip: string;
  key: string;
  shell_port: number;
  control_port: number;
  iopub_port: number;
  stdin_port: number;
  hb_port: number;
}

export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

/** Content whose shape depends on the message's type. */
export type Content = Record<string, unknown>;

export interface Message {
  identities: Buffer[];
  header: Header;
  content: Content;
}

export const protocolVersion = "5.4";

const delimiter = "<IDS|MSG>";

function sign(key: string, parts: readonly (Buffer | string)[]): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

/** @returns undefined if the message is malformed or its signature is not ours */
export function decode(frames: readonly Buffer[], key: string): Message | undefined {
  const at = frames.findIndex((frame) => frame.equals(Buffer.from(delimiter)));
  const [signature, ...parts] = frames.slice(at + 1);
  if (at < 0 || signature === undefined || parts.length < 4) return undefined;
  const [header, , , content] = parts as [Buffer, Buffer, Buffer, Buffer];
  const expected = Buffer.from(sign(key, parts.slice(0, 4)));
  if (expected.length !== signature.length || !timingSafeEqual(expected, signature)) return undefined;
  try {
    return {
      identities: frames.slice(0, at),
      header: JSON.parse(header.toString()),
      content: JSON.parse(content.toString()),
    };
  } catch {
    return undefined;
  }
}

const session = randomUUID();

export function encode(
  key: string,
  type: string,
  content: Content,
  parent: Message | undefined,
  metadata: Content = {},
): (Buffer | string)[] {
  const header: Header = {
    msg_id: randomUUID(),
    msg_type: type,
    session: parent?.header.session ?? session,
    username: parent?.header.username ?? "kernel",
    date: new Date().toISOString(),
    version: protocolVersion,
  };
  const parts = [header, parent?.header ?? {}, metadata, content].map((part) => JSON.stringify(part));
  return [delimiter, sign(key, parts), ...parts];
}

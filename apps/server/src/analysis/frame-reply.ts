import type { FastifyReply } from 'fastify';
import type { DecodedFrame } from './decode-job.ts';

/** A frame as the viewer reads it: the samples as the body, what they mean in the header `Jiapian-Frame`. */
export const frameReply = (reply: FastifyReply, { head, samples }: DecodedFrame): FastifyReply =>
  reply
    .type('application/octet-stream')
    .header('jiapian-frame', JSON.stringify(head).replace(/[^\x20-\x7e]/g, escaped))
    .send(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));

/** A header carries ASCII only; in JSON any character may be written as its number (RFC 8259 §7). */
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

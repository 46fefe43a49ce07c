import type { FastifyReply } from 'fastify';

/** Sends a drawn document as a file; never kept by a cache on the way. */
export const pdfReply = (reply: FastifyReply, name: string, bytes: Uint8Array): FastifyReply =>
  reply
    .type('application/pdf')
    .header('content-disposition', `attachment; filename="${name}.pdf"`)
    .header('cache-control', 'no-store')
    .send(Buffer.from(bytes));

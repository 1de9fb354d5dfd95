import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

const compress = promisify(gzip);
/** Bytes. Smaller answers fit into one packet anyway. */
const minLength = 1400;

/** Compresses answers with gzip, except for sign-ins: the compressed length would leak secrets (BREACH). */
export function compressAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const isText = typeof payload === 'string' || Buffer.isBuffer(payload);
    const encodings = request.headers['accept-encoding'] ?? '';
    const takesGzip = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(encodings);
    const isSignIn = /\/auth\//.test(request.url);
    if (!isText || payload.length < minLength || isSignIn || reply.hasHeader('content-encoding'))
      return payload;
    reply.header('vary', 'accept-encoding');
    if (!takesGzip) return payload;
    const compressed = await compress(payload);
    reply.header('content-encoding', 'gzip').header('content-length', compressed.length);
    return compressed;
  });
}

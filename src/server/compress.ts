import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

const compress = promisify(gzip);
/** Less is not worth it: it fits into one packet. */
const least = 1400;

/** Compresses answers for clients that take gzip, but for sign-ins: the length of a compressed answer tells of the secrets in it. */
export function compressAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const isText = typeof payload === 'string' || Buffer.isBuffer(payload);
    const encodings = request.headers['accept-encoding'] ?? '';
    const takesGzip = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(encodings);
    const isSignIn = /\/auth\//.test(request.url);
    if (!isText || payload.length < least || isSignIn || reply.hasHeader('content-encoding')) return payload;
    reply.header('vary', 'accept-encoding');
    if (!takesGzip) return payload;
    const packed = await compress(payload);
    reply.header('content-encoding', 'gzip').header('content-length', packed.length);
    return packed;
  });
}

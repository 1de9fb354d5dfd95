import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { processEnvironment } from '#shared/domain/environment.ts';

/** Health check of the container image: succeeds if the server in this container is ready. */
const { FRAMES_PORT: port = '8080', FRAMES_TLS_CERT: certificate = '' } = processEnvironment();
const get = certificate === '' ? getHttp : getHttps;
// The certificate names the public host, not loopback.
get({ host: '127.0.0.1', port, path: '/readyz', rejectUnauthorized: false }, ({ statusCode }) => {
  process.exit(statusCode === 200 ? 0 : 1);
}).on('error', () => {
  process.exit(1);
});

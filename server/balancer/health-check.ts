import { get } from 'node:http';
import { get as getSecurely } from 'node:https';

/** For the image: exits with 0 where the balancer that its environment describes answers. */
const { PORT = '8080', TLS_CERT = '', CERTIFICATE_DIRECTORY = '' } = process.env;
const secure = TLS_CERT !== '' || CERTIFICATE_DIRECTORY !== '';
const options = { host: '127.0.0.1', port: PORT, path: '/healthz', timeout: 2_500 };

const asked = secure
  ? // Its certificate is for the name that people know.
    getSecurely({ ...options, rejectUnauthorized: false }, answered)
  : get(options, answered);
asked.on('timeout', () => process.exit(1));
asked.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
  // While an authority has given none yet, it is as healthy as it can be.
  const noCertificateYet =
    CERTIFICATE_DIRECTORY !== '' && (code.startsWith('ERR_SSL') || code === 'EPROTO' || code === 'ECONNRESET');
  process.exit(noCertificateYet ? 0 : 1);
});

function answered({ statusCode }: { statusCode?: number | undefined }): void {
  process.exit(statusCode === 200 ? 0 : 1);
}

import { SettingError } from '../../environment.ts';
import type { Logger } from '../../logger.ts';
import type { FrontDoor } from '../front-door.ts';
import type { Timings } from '../timings.ts';
import { followAcmeCertificate } from './acme-certificate.ts';
import type { CertificateSource } from './certificate.ts';
import { followCertificateFiles } from './certificate-files.ts';
import { type AcmeChallenges, type HttpDoor, openHttpDoor } from './http-door.ts';
import type { TlsConfig } from './tls-config.ts';

export type TlsEdge = { readonly httpPort: number | undefined; close(): void };

type Options = {
  tls?: TlsConfig | undefined;
  httpPort?: number | undefined;
  bind: string;
  takeOver: boolean;
  publicUrl: string | undefined;
  log: Logger;
};

/** Gives the front door its certificates, and stands beside it where HTTP comes in. */
export async function openTlsEdge(options: Options, frontDoor: FrontDoor, timings: Timings): Promise<TlsEdge> {
  const { tls, httpPort, bind, takeOver, publicUrl, log } = options;
  if (tls === undefined) return { httpPort: undefined, close: () => undefined };
  const challenges: AcmeChallenges = new Map();
  const source = await followCertificate(tls, challenges);
  if (source.current !== undefined) frontDoor.use(source.current);
  const httpDoor = httpPort === undefined ? undefined : await openDoor(httpPort);

  function followCertificate(tls: TlsConfig, challenges: AcmeChallenges): Promise<CertificateSource> {
    const common = { log, changed: frontDoor.use };
    if (tls.kind === 'files')
      return followCertificateFiles({ ...tls, ...common, checkMs: timings.certificateFilesCheckMs });
    const { certificateRenewalCheckMs: checkMs, certificateRetryMs: firstRetryMs } = timings;
    return followAcmeCertificate({ ...tls, ...common, challenges, checkMs, firstRetryMs });
  }

  async function openDoor(port: number): Promise<HttpDoor> {
    try {
      const door = await openHttpDoor({
        port,
        bind,
        takeOver,
        challenges,
        publicUrl,
        httpsPort: frontDoor.port,
        timings,
      });
      log.info('listening-for-http', { port: door.port });
      return door;
    } catch (error) {
      source.close();
      throw new SettingError(`HTTP_PORT is ${port}, where the balancer cannot listen: ${(error as Error).message}`);
    }
  }

  return {
    httpPort: httpDoor?.port,
    close() {
      source.close();
      httpDoor?.close();
    },
  };
}

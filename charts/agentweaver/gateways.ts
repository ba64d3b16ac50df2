import type { Construct } from 'constructs';
import { DefaultDomainCertificate } from '../../constructs/gateway/default-domain-certificate.ts';
import { Gateway } from '../../constructs/gateway/gateway.ts';
import type { Installation } from './installation.ts';
import { NAMES } from './names.ts';
import { EXTERNAL_SECRETS } from './secrets.ts';

/** The entrances of the platform. */
export interface Gateways {
  readonly main: Gateway;
  /** The entrance to sandbox previews, where that option is on. */
  readonly preview: Gateway | undefined;
}

export function composeGateways(area: Construct, install: Installation): Gateways {
  const { gateway, preview, defaultDomainCertificate } = install.parameters;
  const certificate = defaultDomainCertificate
    ? new DefaultDomainCertificate(area, 'cert', { secretName: NAMES.tlsSecret }).secret
    : EXTERNAL_SECRETS.tls;
  // no listener on port 80: nothing is served, and nothing redirected, without TLS
  const entrance = (id: string, name: string, hostname: string): Gateway =>
    new Gateway(area, id, {
      name,
      className: gateway.className,
      listeners: [{ name: 'https', hostname, certificate }],
    });
  return {
    main: entrance('gateway', NAMES.gateway, install.host),
    preview: preview.enabled
      ? entrance('preview-gateway', NAMES.previewGateway, install.previewHost)
      : undefined,
  };
}

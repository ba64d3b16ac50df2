import type { Construct } from 'constructs';
import type { IDefaultDomainCertificate } from '../../api/app-routing.ts';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { ExternalSecretRef } from '../secrets/external-secret.ts';
import { checkAt } from '../validate/check.ts';

/** Props of {@link DefaultDomainCertificate}. */
export interface DefaultDomainCertificateProps extends ObjectProps {
  /** Name of the TLS Secret that the add-on makes. */
  readonly secretName: string;
}

/**
 * The certificate of an Azure cluster's default domain, for all names one label below it.
 *
 * @example
 * const certificate = new DefaultDomainCertificate(chart, 'cert', { secretName: 'edge-tls' });
 * const https = { name: 'https', hostname: 'agents.example.org', certificate: certificate.secret };
 */
export class DefaultDomainCertificate extends KubeObject<IDefaultDomainCertificate> {
  /** The TLS Secret that the add-on makes. */
  readonly secret: ExternalSecretRef<'tls.crt' | 'tls.key'>;

  constructor(scope: Construct, id: string, props: DefaultDomainCertificateProps) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    check.objectName('secretName', props.secretName);
    check.done();
    super(scope, id, {
      apiVersion: 'approuting.kubernetes.azure.com/v1alpha1',
      kind: 'DefaultDomainCertificate',
      metadata,
      spec: { target: { secret: props.secretName } },
    });
    const reason = `made by the application routing add-on for DefaultDomainCertificate ${this.name}`;
    this.secret = new ExternalSecretRef(props.secretName, { keys: ['tls.crt', 'tls.key'], reason });
  }
}

import { type Static, Type } from 'typebox';
import { fields, kindOf } from './schema.ts';

/** The application routing add-on of Azure Kubernetes Service. */

export const defaultDomainCertificateV1alpha1 = kindOf(
  'approuting.kubernetes.azure.com/v1alpha1',
  'DefaultDomainCertificate',
  fields({ target: fields({ secret: Type.String({ minLength: 1 }) }) }),
);

/** A request for the certificate of the cluster's default domain, delivered as a TLS Secret. */
export type IDefaultDomainCertificate = Static<typeof defaultDomainCertificateV1alpha1>;

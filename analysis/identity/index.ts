export { type CloudIdentity, cloudIdentities } from './cloud-identities.ts';
export { type Identities, identitiesOf } from './identities.ts';
export { IGNORED_NAMESPACES, PARENT_ID_TEMPLATE, type SpireSettings } from './settings.ts';
export { subjectOf } from './subject.ts';

import type { JsonObject } from '../../core/manifest.ts';
import { type InventoryObject, mapAt, textAt } from '../../inventory/index.ts';
import type { GoValue, Unknowns } from '../go-template/index.ts';
import { type Blanks, goValue, OTHERS } from './go-data.ts';
import { templateDataType } from './go-types.ts';
import type { SpireSettings } from './settings.ts';
import type { Subject } from './subject.ts';

/**
 * What the templates for a pod see.
 *
 * @param node that the pod runs on; undefined where it is unknown
 * @param unknowns takes the texts that are unknown
 */
export function templateData(
  subject: Subject,
  node: InventoryObject | undefined,
  { trustDomain, clusterName, clusterDomain }: SpireSettings,
  unknowns: Unknowns,
): GoValue {
  const type = templateDataType();
  const nodeName = node?.identity.name ?? subject.nodeName;
  const json: JsonObject = {
    TrustDomain: trustDomain,
    ClusterName: clusterName,
    ClusterDomain: clusterDomain,
    PodMeta: subject.metadata,
    PodSpec: { ...subject.spec, ...(nodeName !== undefined && { nodeName }) },
    NodeMeta:
      node === undefined
        ? { ...(nodeName !== undefined && { name: nodeName }) }
        : mapAt(node.manifest, 'metadata'),
    NodeSpec: mapAt(node?.manifest, 'spec'),
  };
  const blanks: Record<string, Blanks> = nodeBlanks(node);
  if (subject.metadataBlanks !== undefined) blanks['PodMeta'] = subject.metadataBlanks;
  blanks['PodSpec'] = subject.specBlanks ?? { nodeName: true };
  const data = goValue(type, json, { name: '', blanks, unknowns });
  return { kind: 'ptr', type: { name: `*${type.name}`, kind: 'ptr', elem: () => type }, data };
}

/** Of a Node that has not been read from a cluster, only what is written is known. */
function nodeBlanks(node: InventoryObject | undefined): Record<string, Blanks> {
  if (node === undefined) return { NodeMeta: true, NodeSpec: true };
  if (textAt(node.manifest, 'metadata', 'uid') !== undefined) return {};
  const metadata: Blanks = {
    uid: true,
    resourceVersion: true,
    labels: { [OTHERS]: true },
    annotations: { [OTHERS]: true },
  };
  return { NodeMeta: metadata, NodeSpec: true };
}

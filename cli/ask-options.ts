import { type Command, Option } from 'commander';
import { type GivenOptions, givenOptions, QuestionError } from '../ask/index.ts';
import { InputError } from '../core/problem.ts';

/** Adds the flags that say how manifests are to be understood: version of the cluster, its network, its mesh. */
export function addAskOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--cni <name>',
        'whose network policies are enforced (default: cilium with its policies)',
      ).choices(['kubernetes', 'cilium']),
    )
    .option('--ip-block-matches-pods', 'let an ipBlock of a NetworkPolicy match the addresses of pods')
    .option('--kubernetes-version <version>', 'version of the cluster, such as 1.34 (default: newest known)')
    .option('--trust-domain <name>', 'SPIFFE trust domain (default: cluster.local)')
    .option('--cluster-name <name>', 'name of the cluster in SPIFFE IDs (default: default)')
    .option('--cluster-domain <name>', 'DNS domain of the cluster (default: cluster.local)')
    .addOption(
      new Option('--dataplane <name>', 'mesh data plane of every pod (default: what the labels say)').choices(
        ['sidecar', 'ambient', 'none'],
      ),
    )
    .option('--mesh-root-namespace <name>', 'root namespace of the mesh (default: istio-system)')
    .option('--spire-ignore-namespaces <regex...>', 'namespaces that the SPIRE controller leaves out')
    .option('--spire-class-name <name>', 'class of the objects that the SPIRE controller reads')
    .option('--spire-watch-classless', 'let the SPIRE controller read objects without a class as well')
    .option('--spire-parent-id-template <template>', 'template of the parent ID of SPIRE entries');
}

/**
 * The options that flags give; other flags are ignored.
 *
 * @throws InputError
 */
export function askOptionsFrom(flags: Readonly<Record<string, unknown>>): GivenOptions {
  const spire: Record<string, unknown> = {};
  const options: Record<string, unknown> = {};
  for (const name of [
    'cni',
    'ipBlockMatchesPods',
    'kubernetesVersion',
    'trustDomain',
    'clusterName',
    'clusterDomain',
    'dataplane',
    'meshRootNamespace',
  ])
    if (flags[name] !== undefined) options[name] = flags[name];
  for (const name of ['ignoreNamespaces', 'className', 'watchClassless', 'parentIDTemplate']) {
    const flag = `spire${name.charAt(0).toUpperCase()}${name.slice(1)}`.replace('ID', 'Id');
    if (flags[flag] !== undefined) spire[name] = flags[flag];
  }
  try {
    return givenOptions({ ...options, ...(Object.keys(spire).length > 0 && { spire }) });
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    throw new InputError([{ where: 'command line', what: error.message }]);
  }
}

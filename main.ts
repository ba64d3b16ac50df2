import { YamlOutputType } from 'cdk8s';
import { PLATFORMS, readEnvironment } from './charts/index.ts';
import { App } from './synth/app.ts';

/**
 * The cdk8s app of this repository: `npx cdk8s synth` writes one environment to the folder that `cdk8s.yaml` names and
 * runs the gate on it. What GitOps syncs is made by `sluice synth`.
 */
const {
  platform: name,
  environment,
  parameters,
} = await readEnvironment(process.argv[2] ?? 'environments/agentweaver/default.yaml');
const platform = PLATFORMS[name];
if (platform === undefined) throw new Error(`no platform ${name}`);
const app = new App({
  yamlOutputType: YamlOutputType.FILE_PER_RESOURCE,
  description: {
    platform: name,
    environment,
    packs: platform.packs,
    parameters,
    externals: platform.externals(parameters),
    exceptions: `environments/${name}/exceptions.yaml`,
  },
});
platform.compose(app, environment, parameters);
app.synth();

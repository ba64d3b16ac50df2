import type { Construct } from 'constructs';
import type { Env } from '../../constructs/workload/env.ts';
import { Job } from '../../constructs/workload/job.ts';
import { type Mount, Volume } from '../../constructs/workload/volume.ts';
import { USER_WITH_VOLUMES, variableSources } from './containers.ts';
import { migrationVariables } from './environment-variables.ts';
import type { Installation } from './installation.ts';
import { APPS, NAMES, PATHS } from './names.ts';
import type { Secrets } from './secrets.ts';
import type { Storage } from './storage.ts';

/** Where the import finds the old databases. */
const DATA = '/data';

/** The one-time Jobs that are on. */
export function composeJobs(
  area: Construct,
  install: Installation,
  secrets: Secrets,
  storage: Storage,
): void {
  const { jobs } = install.parameters;
  const sources = variableSources(secrets);
  const tmp = Volume.emptyDir('tmp').at(PATHS.tmp);
  if (jobs.schemaMigration) {
    task(area, install, 'schemaMigration', 'c2-ef-migrations', {
      seconds: 3600,
      name: 'ef-migrate',
      command: ['/app/efbundle', '--verbose'],
      // a Job's template cannot change, so each sync makes it anew instead of being refused at the next image tag
      annotations: {
        'argocd.argoproj.io/hook': 'Sync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
      },
      env: migrationVariables(install, sources),
      // corrected: the original leaves the root writable; the API's init container runs the same bundle with only this
      mounts: [tmp],
    });
  }
  if (storage.data !== undefined) {
    task(area, install, 'sqliteImport', 'c3-data-migration', {
      seconds: 6 * 3600,
      name: 'migrator',
      command: ['dotnet', 'Agentweaver.Api.dll', '--migrate-data'],
      // run by hand: an import must not repeat at each sync, into a database that has moved on
      annotations: { 'argocd.argoproj.io/hook': 'Skip' },
      env: {
        ...migrationVariables(install, sources, DATA),
        Database__Path: `${DATA}/agentweaver.db`,
        Database__MemoryPath: `${DATA}/memory.db`,
      },
      // corrected: the original leaves the root writable; the API runs the same program on a read-only root with these
      mounts: [
        storage.data.at(DATA),
        storage.workspace.at(PATHS.workspace),
        tmp,
        Volume.emptyDir('logs').at(PATHS.logs),
      ],
    });
  }
}

/** What tells one Job's container from another's. */
interface Task {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Env;
  readonly mounts: readonly Mount[];
  /** When Argo CD runs it. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Longest time it may take. */
  readonly seconds: number;
}

function task(
  area: Construct,
  install: Installation,
  app: 'schemaMigration' | 'sqliteImport',
  step: string,
  { seconds, annotations, ...container }: Task,
): void {
  new Job(area, app === 'schemaMigration' ? 'schema-migration' : 'sqlite-import', {
    name: NAMES[app],
    selector: APPS[app].selector,
    podLabels: APPS[app].labels,
    labels: { spec018: step },
    annotations,
    backoffLimit: 0,
    // added: a sync waits for its hooks, so one that hangs would block every later sync
    activeDeadlineSeconds: seconds,
    ttlSecondsAfterFinished: 600,
    // corrected: the original runs under the API's account, which the Jobs need neither for Postgres nor for files
    runAs: USER_WITH_VOLUMES,
    containers: [
      {
        ...container,
        // corrected: the original names one commit and one host; both follow the installation here
        image: install.images.api,
        imagePullPolicy: 'Always',
        resources: { requests: { cpu: '200m', memory: '256Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
      },
    ],
  });
}

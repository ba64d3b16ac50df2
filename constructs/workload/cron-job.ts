import type { Construct } from 'constructs';
import type { ICronJob, ICronJobSpec } from 'kubernetes-models/batch/v1';
import { defined } from '../defined.ts';
import { metadataOf, type ObjectProps } from '../kube-object.ts';
import { checkAt } from '../validate/check.ts';
import { jobSpec, type TaskProps } from './job.ts';
import type { Port } from './port.ts';
import { WorkloadObject } from './workload.ts';

/** Props of {@link CronJob}. */
export interface CronJobProps<P extends Port = Port> extends ObjectProps, TaskProps<P> {
  /** Minute, hour, day of month, month and day of week. */
  readonly schedule: string;
  /** Name of a time zone, such as `Etc/UTC`. @default the controller's */
  readonly timeZone?: string;
  /** What happens when the last run still goes on. @default Forbid */
  readonly concurrencyPolicy?: 'Allow' | 'Forbid' | 'Replace';
  /** Seconds after which a run that could not start is left out. @default never */
  readonly startingDeadlineSeconds?: number;
  /** @default 3 */
  readonly successfulJobsHistoryLimit?: number;
  /** @default 1 */
  readonly failedJobsHistoryLimit?: number;
  /** @default false */
  readonly suspend?: boolean;
}

/**
 * A task that runs by the clock.
 *
 * @example
 * new CronJob(chart, 'sweep', { schedule: '0 3 * * *', selector: { app: 'sweep' }, containers: [sweeper] });
 */
export class CronJob<P extends Port = never> extends WorkloadObject<ICronJob, P> {
  constructor(scope: Construct, id: string, props: CronJobProps<P>) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    const longest = metadata.name.length <= 52;
    check.that(longest, 'metadata.name', 'has more than 52 characters', 'shorten it: each Job adds 11 to it');
    check.cron('schedule', props.schedule);
    const job = jobSpec(check, props);
    check.done();
    const spec = defined<ICronJobSpec>({
      schedule: props.schedule,
      timeZone: props.timeZone,
      concurrencyPolicy: props.concurrencyPolicy ?? 'Forbid',
      startingDeadlineSeconds: props.startingDeadlineSeconds,
      successfulJobsHistoryLimit: props.successfulJobsHistoryLimit,
      failedJobsHistoryLimit: props.failedJobsHistoryLimit,
      suspend: props.suspend,
      jobTemplate: { spec: job.spec },
    });
    super(scope, id, { apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec }, props, job.pod);
  }
}

/** Kubernetes labels. */
export type Labels = Readonly<Record<string, string>>;

/** The labels of one application of a platform. */
export interface AppLabels {
  /** What selectors use; never changes for the life of a workload. */
  readonly selector: Labels;
  /** What its objects carry: the selector and everything said about them. */
  readonly labels: Labels;
  /** What its pods carry: the same. */
  readonly podLabels: Labels;
}

/** The labels that a platform's objects share, and those of its applications, declared once. */
export interface PlatformLabels {
  /** What every object of the platform carries. */
  readonly common: Labels;
  /** @param name value of the `app` label */
  app(name: string, extra?: Labels): AppLabels;
}

/**
 * @param platform value of `app.kubernetes.io/part-of`
 * @example
 * const labels = partOf('agentweaver');
 * const api = labels.app('agentweaver-api');
 * new Deployment(chart, 'api', { ...api, replicas: 2, containers: [...] });
 */
export function partOf(platform: string): PlatformLabels {
  const common = { 'app.kubernetes.io/part-of': platform };
  return {
    common,
    app: (name, extra = {}) => {
      const labels = { app: name, ...common, ...extra };
      return { selector: { app: name }, labels, podLabels: labels };
    },
  };
}

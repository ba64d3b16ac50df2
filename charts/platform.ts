import type { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Static, TObject } from 'typebox';

/** An object that the manifests refer to and that something else makes; reference checks take it as given. */
export interface External {
  readonly kind: string;
  /** Absent for cluster-scoped objects. */
  readonly namespace?: string;
  readonly name: string;
  /** Keys that a Secret or ConfigMap is known to hold. */
  readonly keys?: readonly string[];
  /** Who makes it, for the person who wonders why it is not in the output. */
  readonly reason: string;
}

/** A combination of parameters that each are right and together are not. */
export interface Conflict {
  /** JSON pointer to the parameter to blame, e.g. `/database/provider`. */
  readonly path: string;
  /** What is wrong and why, lower case. */
  readonly what: string;
  readonly remedy: string;
}

/** A platform as its author declares it, with its parameters typed by its schema. */
export interface PlatformDeclaration<Schema extends TObject> {
  /** Value of `platform` in environment files, and the folder below `dist/`. */
  readonly name: string;
  /** One sentence for lists. */
  readonly summary: string;
  /** Install parameters. A property with a `default` may be left out of an environment file. */
  readonly schema: Schema;
  /** Policy packs that judge its manifests, the general ones included. */
  readonly packs: readonly string[];
  /** @returns what is wrong between parameters that the schema accepts one by one. */
  conflicts(parameters: Static<Schema>): readonly Conflict[];
  /** @returns what the manifests refer to and something else makes. */
  externals(parameters: Static<Schema>): readonly External[];
  /** Adds the platform's chart to `scope`. */
  compose(scope: Construct, environment: string, parameters: Static<Schema>): Chart;
  /** @returns a commented environment file that works as it stands. */
  template(environment: string): string;
}

/** A platform whose parameters come from an environment file that {@link readEnvironment} has checked. */
export type Platform = PlatformDeclaration<TObject>;

/** Declares a platform; only this function knows that checked parameters have the schema's type. */
export function definePlatform<Schema extends TObject>(declaration: PlatformDeclaration<Schema>): Platform {
  return {
    ...declaration,
    conflicts: (parameters) => declaration.conflicts(parameters as Static<Schema>),
    externals: (parameters) => declaration.externals(parameters as Static<Schema>),
    compose: (scope, environment, parameters) =>
      declaration.compose(scope, environment, parameters as Static<Schema>),
  };
}

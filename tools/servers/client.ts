import { Agent, request } from 'node:https';
import type { Json, JsonObject, Manifest } from '../../core/manifest.ts';
import type { Access } from './api-server.ts';

/** What the API server said. */
export interface Answer {
  /** HTTP status. */
  readonly status: number;
  readonly body: JsonObject;
  /** Texts of the `Warning` headers: deprecated versions, pod security, and the like. */
  readonly warnings: readonly string[];
}

/** What a write should be held to. */
export interface WriteOptions {
  /** Checks and defaults, and stores nothing. @default false */
  readonly dryRun?: boolean;
}

/** Speaks the Kubernetes API as `kubectl` does, as far as tests need it. */
export class Client {
  readonly #access: Access;
  readonly #agent: Agent;
  readonly #resources = new Map<string, Promise<Map<string, Resource>>>();

  constructor(access: Access) {
    this.#access = access;
    this.#agent = new Agent({ ca: access.ca, keepAlive: true, maxSockets: 8 });
  }

  /** Server-side apply with strict field validation: an unknown or doubled field is refused, not dropped. */
  async apply(manifest: Manifest, { dryRun = false }: WriteOptions = {}): Promise<Answer> {
    const query = `fieldManager=sluice&fieldValidation=Strict&force=true${dryRun ? '&dryRun=All' : ''}`;
    return this.send(
      'PATCH',
      `${await this.pathOf(manifest)}?${query}`,
      manifest,
      'application/apply-patch+yaml',
    );
  }

  /** Creates an object, with the checks that only creation has, such as those of Pods. */
  async create(manifest: Manifest, { dryRun = false }: WriteOptions = {}): Promise<Answer> {
    const path = await this.pathOf(manifest);
    const query = `fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
    return this.send('POST', `${path.slice(0, path.lastIndexOf('/'))}?${query}`, manifest);
  }

  async read(manifest: Manifest): Promise<Answer> {
    return this.send('GET', await this.pathOf(manifest));
  }

  /**
   * Removes an object at once. No controller runs that would release what finalizers hold, so they are emptied,
   * those of a namespace too.
   */
  async remove(manifest: Manifest): Promise<void> {
    const path = await this.pathOf(manifest);
    if (manifest.kind === 'Namespace') {
      await this.send('DELETE', path);
      await this.send('PUT', `${path}/finalize`, { ...manifest, spec: { finalizers: [] } });
      return;
    }
    await this.send('PATCH', path, { metadata: { finalizers: null } }, 'application/merge-patch+json');
    await this.send('DELETE', path);
  }

  /** Sends a request as it is; `path` begins with `/api` or `/apis`. */
  send(method: string, path: string, body?: JsonObject, contentType = 'application/json'): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.#access.url}${path}`,
        {
          method,
          agent: this.#agent,
          headers: {
            authorization: `Bearer ${this.#access.token}`,
            accept: 'application/json',
            ...(text !== undefined && {
              'content-type': contentType,
              'content-length': Buffer.byteLength(text),
            }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const warnings = response.headersDistinct['warning'] ?? [];
            resolve({
              status: response.statusCode ?? 0,
              body: parse(Buffer.concat(chunks).toString('utf8')),
              warnings: warnings.map((warning) =>
                warning.replace(/^299 - "(.*)"$/, '$1').replaceAll('\\"', '"'),
              ),
            });
          });
        },
      );
      sent.on('error', reject);
      sent.end(text);
    });
  }

  /** Forgets which kinds there are, after CRDs have been added. */
  forgetKinds(): void {
    this.#resources.clear();
  }

  /** Lets go of the connections, without which the process would not end. */
  close(): void {
    this.#agent.destroy();
  }

  /** @throws Error for a kind that the server does not serve */
  async pathOf({ apiVersion, kind, metadata }: Manifest): Promise<string> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const kinds = this.#resources.get(root) ?? this.#discover(root);
    this.#resources.set(root, kinds);
    const resource = (await kinds).get(kind);
    if (resource === undefined) throw new Error(`the API server serves no ${apiVersion} ${kind}`);
    const scope = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${root}${scope}/${resource.name}/${metadata.name}`;
  }

  async #discover(root: string): Promise<Map<string, Resource>> {
    const { status, body } = await this.send('GET', root);
    const resources =
      status === 200 && Array.isArray(body['resources']) ? (body['resources'] as Resource[]) : [];
    return new Map(
      resources.filter(({ name }) => !name.includes('/')).map((resource) => [resource.kind, resource]),
    );
  }
}

interface Resource {
  /** Plural, as in paths. */
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

function parse(text: string): JsonObject {
  if (!text.startsWith('{')) return { message: text };
  return JSON.parse(text) as JsonObject;
}

/** @returns why the server refused, as it says itself. */
export function refusal({ status, body }: Answer): string {
  const message: Json | undefined = body['message'];
  return `${status}: ${typeof message === 'string' ? message : JSON.stringify(body)}`;
}

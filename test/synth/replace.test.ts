import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../core/problem.ts';
import { foldersOf, makeParent, readTree } from '../../synth/folders.ts';
import { HEADER, type Output } from '../../synth/output.ts';
import { compareOutput, replaceOutput, type Step } from '../../synth/replace.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'synth-replace-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const out = () => join(root, 'dist');
const folders = () => foldersOf(out(), 'agents', 'default');

function output(files: Record<string, string>): Output {
  const manifests = new Map(Object.entries(files).map(([file, text]) => [file, HEADER + text]));
  return {
    manifests,
    index: JSON.stringify({ objects: [...manifests.keys()].map((file) => ({ file })), text: files }),
  };
}

const OLD = output({ 'api/service-api.yaml': 'old\n', 'api/service-gone.yaml': 'gone\n' });
const NEW = output({ 'api/service-api.yaml': 'new\n', 'web/service-web.yaml': 'web\n' });

/** What a reader finds: manifests and index. */
function written(): Output {
  const index = join(folders().index, 'index.json');
  return {
    manifests: readTree(folders().manifests),
    index: existsSync(index) ? readFileSync(index, 'utf8') : '',
  };
}

/** All that lies below the folder, apart from the output itself. */
function remains(): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.includes('.work/'))
    .sort();
}

describe('replacing an output', () => {
  it('writes manifests below the output folder and the index beside it', async () => {
    await replaceOutput(folders(), OLD);
    expect(readTree(out())).toEqual(
      new Map([
        ['agents/default/api/service-api.yaml', `${HEADER}old\n`],
        ['agents/default/api/service-gone.yaml', `${HEADER}gone\n`],
      ]),
    );
    expect(readFileSync(join(root, 'dist.index/agents/default/index.json'), 'utf8')).toBe(OLD.index);
    expect(remains()).toEqual([]);
  });

  it('says what changed, and removes what is no longer made', async () => {
    await replaceOutput(folders(), OLD);
    expect(await replaceOutput(folders(), NEW)).toEqual({
      added: ['web/service-web.yaml'],
      changed: ['api/service-api.yaml'],
      removed: ['api/service-gone.yaml'],
      unchanged: [],
      index: true,
      none: false,
    });
    expect(written()).toEqual(NEW);
  });

  it('touches nothing where nothing differs', async () => {
    await replaceOutput(folders(), OLD);
    const steps: Step[] = [];
    const changes = await replaceOutput(folders(), OLD, { onStep: (step) => steps.push(step) });
    expect(changes?.none).toBe(true);
    expect(steps).toEqual(['staged']);
  });

  it('leaves other environments alone', async () => {
    const other = foldersOf(out(), 'agents', 'preview');
    await replaceOutput(other, OLD);
    await replaceOutput(folders(), NEW);
    expect(readTree(other.manifests)).toEqual(OLD.manifests);
  });

  it('shows the judge all manifests as files, and keeps the old output when it does not accept', async () => {
    await replaceOutput(folders(), OLD);
    let seen = new Map<string, string>();
    const changes = await replaceOutput(folders(), NEW, {
      accept: async (folder) => {
        seen = readTree(folder);
        return false;
      },
    });
    expect(changes).toBeUndefined();
    expect(seen).toEqual(NEW.manifests);
    expect(written()).toEqual(OLD);
    expect(remains()).toEqual([]);
  });

  it('keeps the old output when the judge throws', async () => {
    await replaceOutput(folders(), OLD);
    const refusal = replaceOutput(folders(), NEW, { accept: () => Promise.reject(new Error('broken rule')) });
    await expect(refusal).rejects.toThrow('broken rule');
    expect(written()).toEqual(OLD);
    expect(remains()).toEqual([]);
  });

  it('fails where somebody keeps a file in the folder, and removes it only when forced', async () => {
    await replaceOutput(folders(), OLD);
    writeFileSync(join(folders().manifests, 'notes.yaml'), 'mine: true\n');
    await expect(replaceOutput(folders(), NEW)).rejects.toThrow('notes.yaml');
    expect(written().manifests.get('api/service-api.yaml')).toBe(`${HEADER}old\n`);
    await replaceOutput(folders(), NEW, { force: true });
    expect(written()).toEqual(NEW);
  });

  it('knows its own files by their first line where the index is lost', async () => {
    await replaceOutput(folders(), OLD);
    rmSync(folders().index, { recursive: true });
    await replaceOutput(folders(), NEW);
    expect(written()).toEqual(NEW);
  });

  it('waits for another run, and takes over the lock of one that has ended', async () => {
    const lock = `${folders().work}.lock`;
    mkdirSync(join(lock, '..'), { recursive: true });
    const ended = spawn(process.execPath, ['-e', '']);
    await once(ended, 'exit');
    writeFileSync(lock, String(ended.pid));
    await replaceOutput(folders(), NEW);
    expect(written()).toEqual(NEW);
    writeFileSync(lock, String(process.pid));
    setTimeout(() => rmSync(lock), 200);
    await replaceOutput(folders(), OLD);
    expect(written()).toEqual(OLD);
  });
});

describe('an output that cannot be replaced', () => {
  it('fails where a folder stands in the place of the index', async () => {
    mkdirSync(join(folders().index, 'index.json'), { recursive: true });
    const refusal = replaceOutput(folders(), NEW);
    await expect(refusal).rejects.toBeInstanceOf(InputError);
    await expect(refusal).rejects.toThrow('index.json: cannot be read as output of synth (EISDIR); move it');
    expect(() => compareOutput(folders(), NEW)).toThrow(InputError);
  });

  it.skipIf(process.platform !== 'linux')('fails, instead of to hang, where no folder can be made', () => {
    expect(() => makeParent('/proc/no-such-folder/deeper/file')).toThrow('ENOENT');
  });
});

describe('a lock that names no process', () => {
  it.each(['', 'not a process', '0'])('is taken over once it is old: "%s"', async (text) => {
    const lock = `${folders().work}.lock`;
    makeParent(lock);
    writeFileSync(lock, text);
    const old = new Date(Date.now() - 60_000);
    utimesSync(lock, old, old);
    await replaceOutput(folders(), NEW);
    expect(written()).toEqual(NEW);
    expect(remains()).toEqual([]);
  });
});

/** Runs a replacement in a process of its own, which kills itself after a step. */
async function dieAfter(step: Step, fresh: Output): Promise<NodeJS.Signals | null> {
  const module = (name: string) => JSON.stringify(new URL(`../../synth/${name}`, import.meta.url).href);
  const script = `
    import { foldersOf } from ${module('folders.ts')};
    import { replaceOutput } from ${module('replace.ts')};
    const output = { manifests: new Map(${JSON.stringify([...fresh.manifests])}), index: ${JSON.stringify(fresh.index)} };
    await replaceOutput(foldersOf(${JSON.stringify(out())}, 'agents', 'default'), output, {
      onStep: (step) => { if (step === ${JSON.stringify(step)}) process.kill(process.pid, 'SIGKILL'); },
    });
  `;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: 'inherit',
  });
  const [, signal] = await once(child, 'exit');
  return signal;
}

const BEFORE_COMMIT: Step[] = ['staged', 'noted', 'manifests-away', 'manifests-in', 'index-away', 'index-in'];

describe('a run that is killed', () => {
  for (const step of BEFORE_COMMIT) {
    it(`at "${step}" leaves the old output to the next run, which a failing gate keeps`, async () => {
      await replaceOutput(folders(), OLD);
      expect(await dieAfter(step, NEW)).toBe('SIGKILL');
      await replaceOutput(folders(), NEW, { accept: async () => false });
      expect(written()).toEqual(OLD);
      expect(remains()).toEqual([]);
    });
    it(`at "${step}" of the very first output leaves none`, async () => {
      expect(await dieAfter(step, NEW)).toBe('SIGKILL');
      await replaceOutput(folders(), OLD, { accept: async () => false });
      expect(written()).toEqual({ manifests: new Map(), index: '' });
      expect(remains()).toEqual([]);
    });
  }

  it('at "committed" leaves the new output', async () => {
    await replaceOutput(folders(), OLD);
    expect(await dieAfter('committed', NEW)).toBe('SIGKILL');
    await replaceOutput(folders(), OLD, { accept: async () => false });
    expect(written()).toEqual(NEW);
    expect(remains()).toEqual([]);
  });

  it('at any step leaves manifests and index whole to whoever looks before the next run, or absent for an instant', async () => {
    for (const step of [...BEFORE_COMMIT, 'committed'] as const) {
      rmSync(root, { recursive: true });
      await replaceOutput(folders(), OLD);
      await dieAfter(step, NEW);
      const { manifests } = written();
      const absent = step === 'manifests-away';
      expect([absent ? new Map() : OLD.manifests, NEW.manifests]).toContainEqual(manifests);
    }
  });
});

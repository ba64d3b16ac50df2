import { execFileSync } from 'node:child_process';

/** Whether this machine has the Go that the programs to compare with are built by. */
export function hasGo(): boolean {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

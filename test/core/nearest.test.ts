import { describe, expect, it } from 'vitest';
import { nearest } from '../../core/nearest.ts';

const NAMES = ['workload', 'rbac', 'gateway'];

describe('the name that was probably meant', () => {
  it('is the nearest one', () => {
    expect(nearest('worklod', NAMES)).toBe('workload');
    expect(nearest('gatway', NAMES)).toBe('gateway');
  });

  it('is found whatever the case', () => {
    expect(nearest('WORKLOAD', NAMES)).toBe('workload');
    expect(nearest('Rbca', ['RBAC', 'Rbc'])).toBe('Rbc');
  });

  it('is none where more than a third differs', () => {
    expect(nearest('no-such-pack', NAMES)).toBeUndefined();
    expect(nearest('', NAMES)).toBeUndefined();
    expect(nearest('x'.repeat(100_000), NAMES)).toBeUndefined();
    expect(nearest('rbac', [])).toBeUndefined();
  });
});

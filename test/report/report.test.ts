import { describe, expect, it } from 'vitest';
import { FORMATS, renderReport } from '../../report/index.ts';
import { BROKEN, CLEAN, SAMPLE, sampleFinding } from './sample.ts';

describe('every report', () => {
  it.each(FORMATS)('%s is the same for the same findings', (format) => {
    expect(renderReport(structuredClone(SAMPLE), format)).toBe(renderReport(SAMPLE, format));
  });

  it.each(FORMATS.filter((format) => format !== 'github'))(
    '%s ends with one line break, with and without findings',
    (format) => {
      for (const result of [SAMPLE, CLEAN, BROKEN]) expect(renderReport(result, format)).toMatch(/[^\n]\n$/);
    },
  );

  it.each(FORMATS)('%s tells of a rule that broke', (format) => {
    expect(renderReport(BROKEN, format)).toContain('a.rego:3:1');
  });
});

describe('text', () => {
  it('is for people: by object, with place and fix, then excepted, then one line that sums up', () => {
    expect(renderReport(SAMPLE, 'text')).toBe(`Pod shop/web (shop/api/Resource)
  high container app is größer [sample-a]
    at:  dist/shop/api/pod-web.yaml:7 /spec/containers/0
    fix: Change it.

Pod shop/web
  low a | b <c> \`d\` second line [sample-a]
    at:  dist/shop/api/pod-web.yaml:9 /spec/containers/0
    fix: Change it.

Namespace shop
  high container app is größer [sample-a]
    at:  not in the input
    fix: Change it.

Excepted
  sample-b at Pod shop/web /spec/containers/0, until 2026-12-31 by shop-team: the vendor image allows no other

failed (--fail-on medium): 3 objects; 3 rules checked, 2 passed; 3 findings (2 high, 1 low); 1 excepted
`);
  });

  it('of a clean run is the one line', () => {
    expect(renderReport(CLEAN, 'text')).toBe('passed: 3 objects; 3 rules checked, 3 passed; 0 findings\n');
  });

  it('has colours only when asked', () => {
    expect(renderReport(SAMPLE, 'text')).not.toContain('\u001b[');
    expect(renderReport(SAMPLE, 'text', { colour: true })).toContain('\u001b[31m');
  });

  it('lets no text of a manifest move the cursor', () => {
    const findings = [sampleFinding({ message: 'red \u001b[31m text' })];
    expect(renderReport({ ...SAMPLE, findings }, 'text')).not.toContain('\u001b');
  });
});

describe('JSON', () => {
  it('has counts, findings, excepted and the rules that were checked', () => {
    expect(JSON.parse(renderReport(SAMPLE, 'json'))).toMatchObject({
      version: 1,
      verdict: 'findings',
      counts: {
        objects: 3,
        rules: 3,
        passedRules: 2,
        findings: 3,
        excepted: 1,
        errors: 0,
        bySeverity: { high: 2, low: 1 },
      },
      findings: SAMPLE.findings,
      excepted: [{ exception: { owner: 'shop-team' } }],
      rules: [{ id: 'sample-a', pack: 'sample', severity: 'high', title: 'Title of sample-a' }, {}, {}],
    });
  });
});

describe('JUnit', () => {
  it('is a suite a pack and a case a rule', () => {
    const xml = renderReport(SAMPLE, 'junit');
    expect(xml).toContain('<testsuites name="sluice gate" tests="3" failures="1" errors="0">');
    expect(xml).toContain('<testsuite name="sample" tests="2" failures="1" errors="0">');
    expect(xml).toContain('<testsuite name="other" tests="1" failures="0" errors="0">');
    expect(xml.match(/<failure /g)).toHaveLength(3);
    expect(xml).toContain('excepted until 2026-12-31 by shop-team');
  });

  it('escapes what XML would read, and drops what it cannot hold', () => {
    const findings = [sampleFinding({ message: '<a> & "b" \u0001 \ud800' })];
    const xml = renderReport({ ...SAMPLE, findings }, 'junit');
    expect(xml).toContain('message="&lt;a&gt; &amp; &quot;b&quot; \ufffd \ufffd"');
  });

  it('tells errors from failures', () => {
    expect(renderReport(BROKEN, 'junit')).toContain('<error message="a.rego:3:1: conflict"');
  });
});

describe('Markdown', () => {
  it('keeps text of manifests from becoming markup', () => {
    expect(renderReport(SAMPLE, 'markdown')).toContain('| a \\| b \\<c\\> \\`d\\` second line |');
  });

  it('lists what was excepted, by whom and until when', () => {
    expect(renderReport(SAMPLE, 'markdown')).toContain(
      '| `sample-b` | `Pod shop/web` | 2026-12-31 | shop-team | the vendor image allows no other |',
    );
  });
});

describe('GitHub annotations', () => {
  it('stand at file and line', () => {
    expect(renderReport(SAMPLE, 'github').split('\n')).toEqual([
      '::error file=dist/shop/api/pod-web.yaml,line=7,title=sample-a::container app is größer. Change it.',
      '::notice file=dist/shop/api/pod-web.yaml,line=9,title=sample-a::a | b <c> `d`%0Asecond line. Change it.',
      '::error title=sample-a::container app is größer. Change it.',
      '',
    ]);
  });

  it('cannot be forged by a file name', () => {
    const findings = [sampleFinding({ file: 'a,line=1::error\n::set-output' })];
    expect(renderReport({ ...SAMPLE, findings }, 'github')).toMatch(
      /^::error file=a%2Cline=1%3A%3Aerror%0A%3A%3Aset-output,line=7,title=sample-a::[^\n]*\n$/,
    );
  });
});

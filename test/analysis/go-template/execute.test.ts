import { describe, expect, test } from 'vitest';
import { rendered } from './render.ts';

/** Cases of template and text; what text/template says of each is held against Go itself by the acceptance test. */
function cases(title: string, list: readonly (readonly [template: string, text: string])[]): void {
  test.each(list)(`${title}: %s gives %s`, (template, text) => {
    expect(rendered(template)).toBe(text);
  });
}

describe('data', () => {
  cases('fields of structs and keys of maps', [
    ['{{.TrustDomain}}/{{.PodMeta.Namespace}}/{{.PodSpec.ServiceAccountName}}', 'example.org/shop/web'],
    ['{{.PodMeta.Labels.app}}', 'web'],
    ['{{$.PodMeta.Name}}', 'web-0'],
    ['{{(.PodMeta).Name}}', 'web-0'],
    ['{{.PodMeta.GetName}}', 'web-0'],
    ['{{(index .PodSpec.Volumes 0).ConfigMap.Name}}', 'cm'],
    ['{{.PodSpec.SecurityContext.RunAsUser}}', '1000'],
    ['{{.PodSpec.Hostname}}|', '|'],
    ['{{.PodSpec.HostNetwork}}', 'false'],
  ]);
  cases('a missing key is no value by field syntax, and empty through index', [
    ['{{.PodMeta.Labels.nope}}', '<no value>'],
    ['{{.PodMeta.Labels.nope.deep}}', '<no value>'],
    ['{{index .PodMeta.Labels "nope"}}', ''],
    ['{{print .PodMeta.Labels.nope}}', '<nil>'],
  ]);
  cases('fails where there is no such field', [
    ['{{.PodMeta.Nope}}', '[execute]'],
    ['{{.PodMeta.Name.X}}', '[execute]'],
    ['{{.PodSpec.Affinity.NodeAffinity}}', '[execute]'],
    ['{{(index .PodSpec.Containers 0).Resources.Limits.cpu}}', '[execute]'],
  ]);
  cases('is not told where Go prints addresses or structs', [
    ['{{print .PodSpec.Priority}}', '[undetermined]'],
    ['{{.PodSpec.Containers}}', '[undetermined]'],
  ]);
});

describe('actions', () => {
  cases('if, with and range', [
    ['{{if .PodSpec.HostNetwork}}a{{else if eq 1 1}}b{{else}}c{{end}}', 'b'],
    ['{{with .PodMeta.Labels.nope}}a{{else with .PodMeta.Name}}b{{.}}{{end}}', 'bweb-0'],
    ['{{range $i, $c := .PodSpec.Containers}}{{$i}}={{$c.Name}},{{end}}', '0=a,1=b,'],
    ['{{range $k, $v := .PodSpec.NodeSelector}}{{$k}}={{$v}},{{end}}', 'a=2,z=1,'],
    ['{{range .PodMeta.Finalizers}}x{{else}}none{{end}}', 'none'],
    ['{{range .PodSpec.Containers}}{{if eq .Name "b"}}{{break}}{{end}}{{.Name}}{{end}}', 'a'],
    ['{{range .PodSpec.Containers}}{{if eq .Name "a"}}{{continue}}{{end}}{{.Name}}{{end}}', 'b'],
    ['{{range $i := 3}}{{$i}}{{end}}', '012'],
    ['{{range "abc"}}{{end}}', '[execute]'],
  ]);
  cases('variables', [
    ['{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}', '2'],
    ['{{$x := 1}}{{if true}}{{$x := 2}}{{end}}{{$x}}', '1'],
    ['{{$x}}', '[parse]'],
    ['{{if true}}{{$y := 1}}{{end}}{{$y}}', '[parse]'],
  ]);
  cases('templates with names', [
    ['{{define "x"}}<{{.}}>{{end}}{{template "x" .PodMeta.Name}}', '<web-0>'],
    ['{{block "y" .PodMeta.Name}}({{.}}){{end}}', '(web-0)'],
    ['{{define "x"}}{{$}}{{end}}{{template "x"}}', '<no value>'],
    ['{{template "none"}}', '[execute]'],
    ['{{define "r"}}{{template "r" .}}{{end}}{{template "r" .}}', '[execute]'],
    ['{{define "a"}}1{{end}}{{define "a"}}2{{end}}', '[parse]'],
  ]);
  cases('comments and trim markers', [
    ['a {{- /* c */ -}} b', 'ab'],
    ['x  {{- .PodMeta.Name -}}  y', 'xweb-0y'],
    ['{{/* a */ }}', '[parse]'],
    ['a {{-3}}', 'a -3'],
  ]);
  cases('fails to parse', [
    ['{{.PodMeta.Name', '[parse]'],
    ['{{if 1}}', '[parse]'],
    ['{{end}}', '[parse]'],
    ['{{nope .}}', '[parse]'],
    ['{{(.PodMeta.Name}}', '[parse]'],
    ['{{1 | 2}}', '[parse]'],
    ['{{"\\q"}}', '[parse]'],
    ['{{08}}', '[parse]'],
    ['{{break}}', '[parse]'],
  ]);
});

describe('functions', () => {
  cases('and, or, not', [
    ['{{and 1 0 2}}', '0'],
    ['{{or 0 "" "x"}}', 'x'],
    ['{{or 1 (index "a" 9)}}', '1'],
    ['{{or .PodMeta.Labels.nope "d"}}', 'd'],
    ['{{not .PodSpec.Affinity}}', 'true'],
    ['{{and}}', '[execute]'],
  ]);
  cases('comparison', [
    ['{{eq .PodMeta.UID "u-1"}}', 'true'],
    ['{{eq 1 2 1}}', 'true'],
    ['{{eq .PodMeta.Labels.nope ""}}', 'false'],
    ['{{eq .PodSpec.Affinity nil}}', 'true'],
    ['{{lt "a" "b"}}{{le 2 2}}{{gt 1 2}}{{ge 2 2}}{{ne 1 2}}', 'truetruefalsetruetrue'],
    ['{{eq 1 "1"}}', '[execute]'],
    ['{{lt 1 1.5}}', '[execute]'],
    ['{{lt true false}}', '[execute]'],
  ]);
  cases('len, index and slice count bytes', [
    ['{{len .PodMeta.Labels.u}}', '6'],
    ['{{index "héllo" 1}}', '195'],
    ['{{slice .PodMeta.Name 1 3}}', 'eb'],
    ['{{slice .PodMeta.Name 9}}', '[execute]'],
    ['{{(index .PodSpec.Containers 5).Name}}', '[execute]'],
    ['{{index .PodMeta.Labels 1}}', '[execute]'],
    ['{{len 3}}', '[execute]'],
  ]);
  cases('print, printf and println', [
    ['{{print 1 2 "a" 3 4}}', '1 2a3 4'],
    ['{{println 1 "b"}}', '1 b\n'],
    ['{{printf "%s-%03d-%q-%v" .PodMeta.Name 7 "é\\n" true}}', 'web-0-007-"é\\n"-true'],
    ['{{.PodMeta.Name | printf "%5.3s|%-5s|" "é"}}', '    é|web-0|'],
    ['{{printf "%d %s" "x"}}', '%!d(string=x) %!s(MISSING)'],
    ['{{printf "%s" 1 2}}', '%!s(int=1)%!(EXTRA int=2)'],
    ['{{printf "%[2]s %[1]s" "a" "b"}}', 'b a'],
    ['{{printf .PodMeta.UID}}', '[execute]'],
    ["{{1.5}} {{1e3}} {{0x1F}} {{'a'}} {{1234567.0}}", '1.5 1000 31 97 1.234567e+06'],
    ['{{.PodSpec.NodeSelector}}', 'map[a:2 z:1]'],
    ['{{printf "%q" (index .PodSpec.Containers 0).Args}}', '["x" "y"]'],
  ]);
  cases('html, js and urlquery', [
    ['{{html "<a>&\'\\""}}', '&lt;a&gt;&amp;&#39;&#34;'],
    ['{{js "<a>\\n=\\""}}', '\\u003Ca\\u003E\\u000A\\u003D\\"'],
    ['{{urlquery "a b/ü"}}', 'a+b%2F%C3%BC'],
  ]);
});

describe('hostile templates', () => {
  test.each([
    ['texts that double', '{{$x := "ab"}}{{range 100}}{{$x = print $x $x}}{{end}}'],
    ['loops in loops', '{{range 1000}}{{range 1000}}{{range 1000}}x{{end}}{{end}}{{end}}'],
    ['templates that call twice', `${chain(40)}{{template "t0"}}`],
    ['long texts again and again', '{{$x := printf "%60000d" 1}}{{range 90000}}{{$y := html $x}}{{end}}'],
    ['wide fields', '{{printf "%999999999d" 1}}'],
    ['long loops', '{{range 9000000000000000}}{{end}}'],
  ])('%s end, with no answer', (_, template) => {
    expect(rendered(template)).toBe('[undetermined]');
  });

  test('many spaces before an action take no time', () => {
    expect(rendered(`x${' '.repeat(500_000)}{{- 1}}`)).toBe('x1');
    expect(rendered(`x${' y'.repeat(30_000)}{{- 1}}`)).toHaveLength(60_002);
  });
});

function chain(length: number): string {
  return Array.from({ length }, (_, at) => {
    const next = at + 1 < length ? `{{template "t${at + 1}"}}` : 'x';
    return `{{define "t${at}"}}${next}${next}{{end}}`;
  }).join('');
}

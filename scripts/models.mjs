/**
 * Makes models/ from the kernel trees that Debian ships. With --check it says whether models/ is what it would make, for the
 * releases whose packages are still the ones the models were made of. Arguments name models: `6.12-x86_64`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { loadTs, root } from './load-ts.mjs';
import { getTree, Unavailable } from './trees.mjs';

/** Prefixes of the cross compilers. */
const arches = {
  x86_64: '',
  arm64: 'aarch64-linux-gnu-',
  riscv: 'riscv64-linux-gnu-',
  arm: 'arm-linux-gnueabihf-',
};
const shipped = [
  ...['5.10', '6.1', '6.12', '7.2', '7.3'].flatMap((series) => [`${series}-x86_64`, `${series}-arm64`]),
  ...['6.1', '6.12', '7.3'].flatMap((series) => [`${series}-riscv`, `${series}-arm`]),
];

/** The compiler that models know the answers of, without Rust and pahole. */
const toolchain = 'gcc-12';

const { asOneLine, decodeModel, encodeModel, fillIn } = await loadTs('src/kconfig/index.ts');
const { compileTree, kbuildEnvironment, kernelArch, releaseOfTree } = await loadTs('src/project/kernel.ts');
const { createKernelHost } = await loadTs('src/node-kernel-host.ts');

/** A folder where `gcc`, `ld` and the like are those of one toolchain: commands in models name them plainly. */
function toolFolder(cross) {
  const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-tools-'));
  const link = (name, target) => symlinkSync(join('/usr/bin', target), join(folder, name));
  link('gcc', `${cross}${toolchain}`);
  for (const name of ['ld', 'nm', 'ar', 'objcopy', 'objdump', 'as']) link(name, `${cross}${name}`);
  return folder;
}

/** Asks the compiler on this machine. */
function askToolchain(model, folder, environment, arch) {
  const tools = toolFolder(arches[arch]);
  try {
    const env = { ...environment, PATH: `${tools}:/usr/bin:/bin`, LC_ALL: 'C' };
    const shell = (command) => spawnSync('/bin/sh', ['-c', command], { cwd: folder, env, encoding: 'utf8' });
    const version = shell('gcc --version');
    if (version.status !== 0) throw new Error(`there is no ${arches[arch]}${toolchain} on this machine`);
    const variables = { ARCH: environment.ARCH, CC_VERSION_TEXT: version.stdout.split('\n')[0], PAHOLE_VERSION: '0' };
    Object.assign(env, variables);
    const answers = [];
    for (const { kind, text } of model.questions) {
      answers.push(kind === 'environment' ? (variables[text] ?? '') : asOneLine(shell(fillIn(text, answers)).stdout));
    }
    return answers;
  } finally {
    rmSync(tools, { recursive: true, force: true });
  }
}

function compress(bytes) {
  const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(bytes, {
    params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 22, [BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}

function main(words) {
  const check = words.includes('--check');
  const named = words.filter((word) => !word.startsWith('--'));
  let stale = 0;
  let fine = 0;
  let skipped = 0;
  mkdirSync(join(root, 'models'), { recursive: true });
  for (const name of named.length > 0 ? named : shipped) {
    const [series, arch] = name.split(/-(?=[a-z])/);
    const path = join(root, 'models', `${name}.kmodel`);
    const before = existsSync(path) ? decodeModel(brotliDecompressSync(readFileSync(path))) : undefined;
    let tree;
    try {
      tree = getTree(series);
    } catch (error) {
      if (!(error instanceof Unavailable) || !check) throw error;
      console.log(`SKIPPED ${name}: ${error.message}`);
      skipped++;
      continue;
    }
    const source = `Debian linux-source-${series} ${tree.version}`;
    if (check && before !== undefined && before.source !== source) {
      console.log(`SKIPPED ${name}: it was made of ${before.source}, the mirror has ${source}`);
      skipped++;
      continue;
    }
    const kernelTree = createKernelHost('').openTree(tree.folder);
    const environment = kbuildEnvironment(releaseOfTree(kernelTree), kernelArch(arch), {});
    const { file, problems } = compileTree(kernelTree, {
      arch: kernelArch(arch),
      environment,
      allowShell: false,
      source,
    });
    if (file === undefined)
      throw new Error(`${name}: ${problems.find(({ severity }) => severity === 'error')?.message}`);
    const { model } = file;
    const toolchains = check
      ? (before?.toolchains ?? {})
      : { [toolchain]: askToolchain(model, tree.folder, environment, arch) };
    const bytes = compress(encodeModel({ ...file, toolchains }));
    const fresh = existsSync(path) && readFileSync(path).equals(bytes);
    if (fresh) fine++;
    else stale++;
    if (!fresh && !check) writeFileSync(path, bytes);
    const { count } = model.symbols;
    console.log(
      `${fresh ? 'fresh' : check ? 'STALE' : 'written'} ${name}: ${count} symbols, ${model.questions.length} questions, ${bytes.length} bytes`,
    );
  }
  if (!check) return;
  console.log(`${fine} passed, ${stale} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = stale > 0 ? 1 : 0;
}

main(process.argv.slice(2));

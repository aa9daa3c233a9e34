/** Release, architecture and flavour of the kernel a config was written for. */
import type { SourceText } from '../source.ts';
import { type Arch, parseArch, parseKernelVersion, type Target } from '../target.ts';

export interface Header {
  /** `x86`, `x86_64`, `arm64` … as written. */
  readonly arch?: string;
  readonly release: string;
  /** Offset and length of the line. */
  readonly start: number;
  readonly end: number;
}

const headerSize = 2048;

/**
 * The header that Kconfig writes: `# Linux/x86 6.12.0 Kernel Configuration` (since 2.6.37),
 * `# Linux kernel version: 2.6.32` (before).
 */
export function headerOf(source: SourceText): Header | undefined {
  // Only the head is decoded: a config without findings needs no more of its text.
  const text = String.fromCharCode.apply(null, source.codes.subarray(0, headerSize) as unknown as number[]);
  if (!text.includes('ernel')) return undefined;
  const match =
    /^#[ \t]*(?:Linux(?:\/(\S+))?[ \t]+)?v?(\d+\.\d+\S*)[ \t]+Kernel Configuration[ \t]*\r?$/m.exec(text) ??
    /^#[ \t]*Linux()[ \t]+kernel version:[ \t]*(\d+\.\d+\S*)[ \t]*\r?$/m.exec(text);
  if (match === null) return undefined;
  const arch = match[1];
  return {
    release: match[2] as string,
    start: match.index,
    end: match.index + match[0].trimEnd().length,
    ...(arch ? { arch } : {}),
  };
}

/** Symbols that say which architecture a config is for, the narrower ones first. */
const archSymbols: readonly (readonly [string, Arch])[] = [
  // User Mode Linux has the symbol of the machine that it runs on too.
  ['UML', 'other'],
  ['X86_64', 'x86_64'],
  ['X86_32', 'i386'],
  ['ARM64', 'arm64'],
  ['ARM', 'arm'],
  ['RISCV', 'riscv'],
  ['PPC', 'powerpc'],
  ['S390', 's390'],
  ['MIPS', 'mips'],
  ['LOONGARCH', 'loongarch'],
];

/** The architecture that the file's own symbols name. */
export function archOfSymbols(isOn: (symbol: string) => boolean): { arch: Arch; symbol: string } | undefined {
  for (const [symbol, arch] of archSymbols) if (isOn(symbol)) return { arch, symbol };
  return undefined;
}

/** What the kernel tree calls an architecture, in our words. `x86` is both x86 ones; the file's symbols tell which. */
export function archOfHeader(name: string): Arch | undefined {
  if (name === 'x86') return undefined;
  return parseArch(name) ?? 'other';
}

export interface NameFacts {
  readonly release?: string;
  readonly arch?: Arch;
  readonly flavour?: string;
}

/** What the file's name tells, and the folder it lies in: `configs/x86_64/linux-5.10.77.config`. */
export function factsOfName(path: string): NameFacts {
  const parts = path.split('/');
  const base = parts.pop() as string;
  const folder = parts.pop() ?? '';
  const release = /(?:^|[-_.v])(\d{1,2}\.\d{1,3}(?:\.\d{1,3})?(?:-rc\d+|-\d+[\w.-]*?)?)(?=$|[-_.+~])/.exec(base)?.[1];
  const words = base.split(/[-.]/);
  const arch =
    words.map((word) => parseArch(word)).find((found) => found !== undefined) ??
    (/(?:^|[-.])x86(?:[-.]|$)/.test(base) ? undefined : parseArch(folder));
  const flavour = /^config-\d[\d.]*(?:-rc\d+)?(?:[+~][\w.]+)?(?:-\d+)?-(.+)$/.exec(base)?.[1];
  return {
    ...(release === undefined ? {} : { release }),
    ...(arch === undefined ? {} : { arch }),
    ...(flavour === undefined ? {} : { flavour }),
  };
}

/** What a file and its name say of where its kernel will run, each on its own account. */
export interface Origin {
  readonly header?: Header;
  readonly name: NameFacts;
  /** The architecture that the file's own symbols name, and the symbol that does. */
  readonly symbols?: { readonly arch: Arch; readonly symbol: string };
}

export function originOf(source: SourceText, isOn: (symbol: string) => boolean): Origin {
  const header = headerOf(source);
  const symbols = archOfSymbols(isOn);
  return {
    name: factsOfName(source.container ?? source.path),
    ...(header === undefined ? {} : { header }),
    ...(symbols === undefined ? {} : { symbols }),
  };
}

/** The header's release wins over the name's; the symbols' architecture over the header's, that over the name's. */
export function targetOf({ header, name, symbols }: Origin, localVersion: string | undefined): Target {
  const release = header?.release ?? name.release;
  const kernel = release === undefined ? undefined : parseKernelVersion(release);
  const byHeader = header?.arch === undefined ? undefined : archOfHeader(header.arch);
  const arch = symbols?.arch ?? byHeader ?? name.arch;
  const flavour = name.flavour ?? flavourOf(header?.release) ?? nonEmpty(localVersion);
  const archFrom = symbols !== undefined ? `CONFIG_${symbols.symbol}` : byHeader !== undefined ? 'header' : 'file name';
  return {
    ...(kernel === undefined ? {} : { kernel, kernelFrom: header === undefined ? 'file name' : 'header' }),
    ...(release === undefined ? {} : { release }),
    ...(arch === undefined ? {} : { arch, archFrom }),
    ...(flavour === undefined ? {} : { flavour }),
  };
}

function flavourOf(release: string | undefined): string | undefined {
  return release === undefined ? undefined : nonEmpty(/^\d+\.\d+(?:\.\d+)?-(.+)$/.exec(release)?.[1]);
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

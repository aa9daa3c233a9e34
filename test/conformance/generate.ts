/** Small random Kconfig files with random configs for them, the same for the same seed. */

export interface GeneratedCase {
  readonly seed: number;
  /** Statements of the Kconfig file; each may be left out when a difference is made smaller. */
  readonly blocks: readonly string[];
  readonly config: readonly string[];
}

/** Numbers in [0, 1) from a seed. */
export function createRandom(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

type Type = 'bool' | 'tristate' | 'int' | 'hex' | 'string';

interface Known {
  readonly name: string;
  readonly type: Type;
}

/** `classic` also makes tristate and optional choices, which kernels before 6.9 have. */
export function generateCase(seed: number, classic: boolean): GeneratedCase {
  const random = createRandom(seed);
  const chance = (p: number): boolean => random() < p;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const count = 4 + Math.floor(random() * 12);
  const symbols: Known[] = Array.from({ length: count }, (_, i) => ({
    name: `S${i}`,
    type: pick<Type>(['bool', 'bool', 'bool', 'tristate', 'tristate', 'tristate', 'int', 'hex', 'string']),
  }));
  const isLogic = ({ type }: Known): boolean => type === 'bool' || type === 'tristate';
  const blocks: string[] = [];
  const hasModules = chance(0.75);
  if (hasModules)
    blocks.push(
      `config MODULES\n\tbool "modules"${chance(0.5) ? '\n\tdefault y' : ''}\n\t${classic ? '@modules@' : 'modules'}\n`,
    );
  if (chance(0.3)) blocks.push('yes := y\nnothing =\npair = $(1) && $(2)\n');

  /** A condition on symbols before `before`. */
  function condition(before: number, depth = 0): string {
    const logic = symbols.slice(0, before).filter(isLogic);
    const others = symbols.slice(0, before).filter((symbol) => !isLogic(symbol));
    const roll = random();
    if (depth < 2 && roll < 0.3)
      return `${condition(before, depth + 1)} ${pick(['&&', '||'])} ${condition(before, depth + 1)}`;
    if (depth < 2 && roll < 0.36) return `!(${condition(before, depth + 1)})`;
    if (roll < 0.42) return pick(['y', 'n', 'm', 'UNDEFINED', '!UNDEFINED', 'MODULES', '"y"']);
    if (others.length > 0 && roll < 0.55) {
      const other = pick(others);
      const value =
        other.type === 'string'
          ? `"${pick(['', 'a', 'b'])}"`
          : other.type === 'hex'
            ? pick(['0x10', '0x0', '16'])
            : pick(['0', '5', '100']);
      return `${other.name} ${pick(['=', '!=', '<', '<=', '>', '>='])} ${value}`;
    }
    if (logic.length === 0) return pick(['y', 'MODULES']);
    const symbol = pick(logic);
    if (chance(0.3)) {
      // A bool compared with "!= y" is left out: the kernel's simplifier reads memory it should not there.
      const form = symbol.type === 'bool' ? pick(['=y', '=n', '!=n']) : pick(['=y', '=m', '=n', '!=n', '!=y', '!=m']);
      return symbol.name + form;
    }
    return `${chance(0.25) ? '!' : ''}${symbol.name}`;
  }

  const when = (before: number, p: number): string => (chance(p) ? ` if ${condition(before)}` : '');

  function value(type: Type, index: number): string {
    switch (type) {
      case 'bool':
        return chance(0.6) ? pick(['y', 'n', 'y']) : condition(index);
      case 'tristate':
        return chance(0.6) ? pick(['y', 'n', 'm', 'm']) : condition(index);
      case 'int':
        return pick(['0', '5', '42', '100', '-3']);
      case 'hex':
        return pick(['0x0', '0x10', '0xff', '1f']);
      default:
        return `"${pick(['', 'a', 'b c', 'q\\"q', '$(yes)'])}"`;
    }
  }

  function config(index: number, keyword = 'config', plain = false): string {
    const { name, type } = symbols[index] as Known;
    const lines = [`${keyword} ${name}`];
    const hasPrompt = keyword === 'menuconfig' || plain || chance(0.75);
    lines.push(`\t${type}${hasPrompt ? ` "prompt of ${name}"${plain ? '' : when(index, 0.3)}` : ''}`);
    if (chance(plain ? 0.25 : 0.4)) lines.push(`\tdepends on ${condition(index)}`);
    if (plain) return `${lines.join('\n')}\n`;
    const defaults = chance(0.5) ? 1 + Math.floor(random() * 2) : 0;
    for (let i = 0; i < defaults; i++) lines.push(`\tdefault ${value(type, index)}${when(index, 0.5)}`);
    if ((type === 'int' || type === 'hex') && chance(0.5)) {
      lines.push(
        type === 'int'
          ? `\trange ${pick(['1 10', '5 50', '-5 5', '0 100'])}${when(index, 0.4)}`
          : `\trange ${pick(['0x1 0x20', '0x10 0xfff'])}${when(index, 0.4)}`,
      );
    }
    if (type === 'bool' || type === 'tristate') {
      for (const word of ['select', 'imply']) {
        const targets = symbols.slice(index + 1).filter(isLogic);
        if (targets.length > 0 && chance(0.25)) lines.push(`\t${word} ${pick(targets).name}${when(index, 0.4)}`);
      }
    }
    if (chance(0.15)) lines.push('\thelp\n\t  Some words.\n\n\t    More of them.');
    return `${lines.join('\n')}\n`;
  }

  function choice(from: number, to: number): string {
    const tristate = classic && chance(0.3);
    for (let i = from; i < to; i++) {
      symbols[i] = { name: (symbols[i] as Known).name, type: tristate && chance(0.8) ? 'tristate' : 'bool' };
    }
    const lines = ['choice', `\tprompt "choice at ${from}"${when(from, 0.25)}`];
    if (classic) lines.push(`\t${tristate ? 'tristate' : 'bool'}`);
    if (classic && chance(0.3)) lines.push('\toptional');
    if (chance(0.4)) lines.push(`\tdefault S${from + Math.floor(random() * (to - from))}${when(from, 0.4)}`);
    if (chance(0.3)) lines.push(`\tdepends on ${condition(from)}`);
    lines.push('');
    for (let i = from; i < to; i++) {
      const body = config(i, 'config', true).replace(/depends on .*/, `depends on ${condition(from)}`);
      lines.push(chance(0.15) ? `if ${condition(from)}\n${body}\nendif` : body);
      if (chance(0.1)) lines.push('comment "in a choice"');
    }
    lines.push('endchoice');
    return `${lines.join('\n')}\n`;
  }

  const open: string[] = [];
  for (let i = 0; i < count; ) {
    const roll = random();
    if (roll < 0.12 && i + 2 < count) {
      const to = Math.min(count, i + 2 + Math.floor(random() * 3));
      blocks.push(choice(i, to));
      i = to;
      continue;
    }
    if (roll < 0.2 && open.length < 3) {
      open.push('endmenu');
      blocks.push(
        `menu "menu ${i}"${chance(0.4) ? `\n\tdepends on ${condition(i)}` : ''}${chance(0.4) ? `\n\tvisible if ${condition(i)}` : ''}\n`,
      );
    } else if (roll < 0.28 && open.length < 3) {
      open.push('endif');
      blocks.push(`if ${condition(i)}\n`);
    } else if (roll < 0.34)
      blocks.push(`comment "comment ${i}"${chance(0.5) ? `\n\tdepends on ${condition(i)}` : ''}\n`);
    else if (roll < 0.4 && open.length > 0) blocks.push(`${open.pop()}\n`);
    blocks.push(config(i, chance(0.1) ? 'menuconfig' : 'config'));
    // Some symbols are defined twice.
    if (chance(0.06)) blocks.push(config(i));
    i++;
  }
  while (open.length > 0) blocks.push(`${open.pop()}\n`);
  return { seed, blocks, config: randomConfig(symbols, hasModules, random) };
}

function randomConfig(symbols: readonly Known[], hasModules: boolean, random: () => number): string[] {
  const lines: string[] = [];
  const chance = (p: number): boolean => random() < p;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  if (hasModules && chance(0.7)) lines.push(chance(0.7) ? 'CONFIG_MODULES=y' : '# CONFIG_MODULES is not set');
  const density = random();
  for (const { name, type } of symbols) {
    if (!chance(density)) continue;
    switch (type) {
      case 'bool':
        lines.push(pick([`CONFIG_${name}=y`, `CONFIG_${name}=y`, `# CONFIG_${name} is not set`, `CONFIG_${name}=m`]));
        break;
      case 'tristate':
        lines.push(
          pick([
            `CONFIG_${name}=y`,
            `CONFIG_${name}=m`,
            `CONFIG_${name}=m`,
            `# CONFIG_${name} is not set`,
            `CONFIG_${name}=n`,
          ]),
        );
        break;
      case 'int':
        lines.push(`CONFIG_${name}=${pick(['0', '1', '7', '60', '1000', '-4', '007', 'x'])}`);
        break;
      case 'hex':
        lines.push(`CONFIG_${name}=${pick(['0x0', '0x11', '0xffff', 'ab', 'xyz'])}`);
        break;
      default:
        lines.push(`CONFIG_${name}=${pick(['""', '"a"', '"q\\"\\\\q"', 'bare', '"open'])}`);
    }
  }
  for (let i = lines.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    if (chance(0.5)) [lines[i], lines[j]] = [lines[j] as string, lines[i] as string];
  }
  if (chance(0.1)) lines.push('CONFIG_NOT_THERE=y', 'not a setting');
  return lines;
}

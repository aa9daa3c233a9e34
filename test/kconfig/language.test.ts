/** The Kconfig language: what is read, what is refused, and where. */
import { describe, expect, it } from 'vitest';
import { compile, model, olddefconfig, problemsOf, whole } from '../support/kconfig.ts';

const bool = (name: string, more = ''): string => `config ${name}\n\tbool "${name}"\n${more}`;

describe('statements', () => {
  it('reads menus, comments, ifs and choices in the order of their lines', () => {
    const text = whole(`mainmenu "Test"
config A
	bool "a"
	default y
menu "Outer"
	depends on A
comment "said"
if A
config B
	int "b"
	default 7
endif
menu "Empty"
endmenu
endmenu
choice
	prompt "one of"
config C
	bool "c"
config D
	bool "d"
endchoice
config S
	string "s"
	default "q\\"uo\\\\te"
`);
    expect(text).toBe(`#
# Automatically generated file; DO NOT EDIT.
# Test
#
CONFIG_A=y

#
# Outer
#

#
# said
#
CONFIG_B=7

#
# Empty
#
# end of Empty
# end of Outer

CONFIG_C=y
# CONFIG_D is not set
CONFIG_S="q\\"uo\\\\te"
`);
  });

  it.each([
    ['an option of nothing', 'bool "x"\n', ['invalid-statement 1']],
    ['a line that is no statement', 'config A\n\tbool\nfoo bar\n', ['unknown-statement 3']],
    ['a config without a name', 'config\n', ['invalid-statement 1']],
    ['text after a statement', 'config A B\n', ['invalid-statement 1']],
    ['a half expression', `${bool('A', '\tdepends on B &&\n')}`, ['invalid-statement 3']],
    ['an open parenthesis', `${bool('A', '\tdepends on (B\n')}`, ['invalid-statement 3']],
    ['an end of another kind', 'menu "M"\nendif\nendmenu\n', ['unexpected-end 2', 'invalid-statement 3']],
    ['an end of nothing', 'endmenu\n', ['invalid-statement 1']],
    ['a block that does not end', 'if A\n', ['missing-end 1']],
    ['a late mainmenu', `${bool('A')}mainmenu "late"\n`, ['invalid-statement 3']],
    ['a choice without a prompt', `choice\n${bool('A')}endchoice\n`, ['choice-without-prompt 1']],
    [
      'a member without a prompt',
      'choice\n\tprompt "p"\nconfig A\n\tbool\nendchoice\n',
      ['choice-member-without-prompt 3'],
    ],
    [
      'a member that is no bool',
      'choice\n\tprompt "p"\nconfig A\n\tint "a"\nendchoice\n',
      ['choice-member-not-bool 3'],
    ],
    [
      'a default in a member',
      `choice\n\tprompt "p"\n${bool('A', '\tdefault y\n')}endchoice\n`,
      ['choice-member-with-default 5'],
    ],
    [
      'a menu in a choice',
      `choice\n\tprompt "p"\nmenu "m"\nendmenu\nendchoice\n`,
      ['invalid-statement 3', 'unexpected-end 4', 'invalid-statement 5'],
    ],
    ['two modules symbols', 'config A\n\tbool\n\tmodules\nconfig B\n\tbool\n\tmodules\n', ['modules-twice 6']],
    ['a blank help', 'config A\n\tbool\n\thelp\n\nconfig B\n\tbool\n', ['blank-help 3']],
    ['a menuconfig without a prompt', 'menuconfig A\n\tbool\nconfig B\n\tbool\n', ['menuconfig-without-prompt 1']],
    [
      'a transitional symbol with a default',
      'config A\n\tbool\n\ttransitional\n\tdefault y\n',
      ['transitional-with-properties 4'],
    ],
    ['a form of source without a path', 'rsource a\n', ['unknown-statement 1']],
    ['a word that every object has', 'constructor "a"\n', ['unknown-statement 1']],
    ['a relative source of nothing', 'rsource "gone"\n', ['missing-file 1']],
    ['an odd character', 'config A\n\tbool ; "a"\n', ['ignored-character 2']],
    ['a string over two lines', 'comment "a\nconfig B\n\tbool\n', ['multi-line-string 1']],
    ['no newline at the end', 'config A\n\tbool', ['missing-final-newline 2']],
    ['a symbol without a type', 'config A\n', ['no-type 1']],
    ['a number that is none', 'config A\n\tint "a"\n\tdefault "x"\n', ['invalid-number 3']],
    ['a select of a string', 'config A\n\tbool "a"\n\tselect B\nconfig B\n\tstring "b"\n', ['wrong-type 3']],
  ])('%s', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it('keeps reading after a line that it cannot read', () => {
    expect(problemsOf('nonsense here\nmore nonsense\nconfig A\n\tbool\n\tnot an option\n')).toEqual([
      'unknown-statement 1',
      'unknown-statement 2',
      'unknown-statement 5',
    ]);
  });

  it('takes help texts as they are indented', () => {
    const { names } = model(`config A
	bool "a"
	help
	  config NOT_THIS

	    deeper
	  depends on nothing
config B
	bool "b"
`).symbols;
    expect(names).toContain('B');
    expect(names).not.toContain('NOT_THIS');
  });

  it('joins lines at backslashes', () => {
    expect(olddefconfig('config A\n\tbool "a"\n\tdefault y if \\\n\t\ty\n')).toEqual(['CONFIG_A=y']);
  });
});

describe('files', () => {
  const of = (Kconfig: string, more: Readonly<Record<string, string>> = {}) => ({ files: { Kconfig, ...more } });

  it('reads from the root, from the folder of the file, optional ones and patterns', () => {
    const tree = of('source "a/Kconfig"\nosource "gone"\nsource "b/*.k"\n', {
      'a/Kconfig': 'rsource "own"\n',
      'a/own': bool('OWN'),
      'b/1.k': bool('ONE'),
      'b/2.k': bool('TWO'),
    });
    expect(compile(tree).problems).toEqual([]);
    expect(model(tree).symbols.names.slice(3)).toEqual(['OWN', 'ONE', 'TWO']);
  });

  it.each([
    ['a missing file', of('\nsource "gone"\n'), 'missing-file 2'],
    ['a path above the tree', of('source "../other"\n'), 'outside-tree 1'],
    ['a path from the root of the machine', of('source "/etc/passwd"\n'), 'outside-tree 1'],
    [
      'a file that reads itself',
      of('source "a"\n', { a: 'source "b"\n', b: '\nsource "a"\n' }),
      'recursive-inclusion b:2',
    ],
    ['a file that is read twice', of('source "a"\nsource "a"\n', { a: bool('A') }), 'repeated-inclusion 2'],
    ['an end in another file', of('menu "m"\nsource "a"\n', { a: 'endmenu\n' }), 'end-in-other-file a:1'],
  ])('refuses %s', (_, tree, problem) => {
    expect(problemsOf(tree)).toEqual([problem]);
    expect(compile(tree).model).toBeUndefined();
  });

  it('reads a file twice where the release allowed it', () => {
    const tree = { files: { Kconfig: 'source "a"\nsource "a"\n', a: bool('A') }, version: 6012 };
    expect(problemsOf(tree)).toEqual([]);
    expect(olddefconfig(tree, 'CONFIG_A=y\n')).toEqual(['CONFIG_A=y']);
  });

  it('takes a path without quotes where the release did', () => {
    const tree = { files: { Kconfig: 'source a/Kconfig.x\n', 'a/Kconfig.x': bool('A') }, version: 4018 };
    expect(olddefconfig(tree, 'CONFIG_A=y\n')).toEqual(['CONFIG_A=y']);
  });

  it('says that there is no first file', () => {
    expect(compile({ files: {} }).problems.map(({ message }) => message)).toEqual(["can't find file Kconfig"]);
  });

  it('passes on what its reader throws', () => {
    const files = {
      Kconfig: 'source "a"\n',
      get a(): string {
        throw new Error('disk on fire');
      },
    };
    expect(() => compile({ files })).toThrow('disk on fire');
  });

  it('names the file in which an option stands, where it goes on in the file around', () => {
    const tree = of('\nsource "a"\n\tdefault x\n\n\trange 1 z\n', { a: 'config A\n\tint "a"\n' });
    expect(problemsOf(tree)).toEqual(['invalid-number 3', 'invalid-number 5']);
  });

  it('names the way by which a file reads itself', () => {
    const [problem] = compile(of('source "a"\n', { a: 'source "b"\n', b: '\nsource "a"\n' })).problems;
    expect(problem?.message).toBe('a includes itself: included from b:2, a:1');
  });
});

describe('macros', () => {
  const value = (text: string, environment: Readonly<Record<string, string>> = {}): string => {
    const { names } = model({
      files: { Kconfig: `${text}\nconfig V\n\tstring\n\tdefault "$(v)"\n` },
      environment,
    }).symbols;
    return names.filter((name) => name !== 'V' && !['n', 'm', 'y', 'X'].includes(name)).at(-1) ?? '';
  };

  it.each([
    ['simple variables are expanded at once', 'a := 1\nv := $(a)\na := 2', '1'],
    ['recursive ones when they are used', 'a = 1\nv = $(a)\na = 2', '2'],
    ['appending keeps the flavour', 'a = 1\nv := $(a)\nv += $(a)\na = 2', '1 1'],
    ['functions take arguments', 'f = <$(1)|$(2)>\nv = $(f,a,b c)', '<a|b c>'],
    ['commas in parentheses do not separate', 'f = $(1)\nv = $(f,(a,b))', '(a,b)'],
    ['names are expanded too', 'ab = yes\nx := b\nv = $(a$(x))', 'yes'],
    ['what is not known is empty', 'v = [$(gone)]', '[]'],
    ['a dollar alone is a dollar', 'v = $ $x', '$ $x'],
    ['filename and lineno', 'v := $(filename):$(lineno)', 'Kconfig:2'],
    ['the environment comes last', 'v = $(FROM_OUTSIDE)', 'hello'],
  ])('%s', (_, text, expected) => {
    expect(value(text, { FROM_OUTSIDE: 'hello' })).toBe(expected);
  });

  it.each([
    ['a variable in itself', 'a = $(b)\nb = $(a)\nv = $(a)\nx := $(a)\n', 'recursive-macro 4'],
    ['a function in itself', 'f = $(f,$(1))\nx := $(f,a)\n', 'recursive-macro 2'],
    ['an open parenthesis', 'x := $(a\n', 'unterminated-macro 1'],
    ['too few arguments', 'x := $(error-if,y)\n', 'macro-arguments 1'],
    ['too many arguments', 'x := $(lineno,1)\n', 'macro-arguments 1'],
    ['error-if', '\n$(error-if,y,no good)\n', 'error-if 2'],
    [
      'an expansion without end',
      `${Array.from({ length: 40 }, (_, i) => `a${i + 1} = $(a${i})$(a${i})\n`).join('')}a0 = ${'x'.repeat(100)}\nx := $(a40)\n`,
      'macro-too-large 42',
    ],
  ])('stops at %s', (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it('says what warning-if and info say', () => {
    const { problems } = compile('$(warning-if,y,careful)\n$(warning-if,n,not this)\n$(info,so it is)\n');
    expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'warning-if: careful',
      'info: so it is',
    ]);
  });

  it('leaves what only the shell knows open, in the model as in nested commands', () => {
    const tree = {
      files: {
        Kconfig:
          'name := $(shell,compiler-name)\nconfig HAS\n\tdef_bool $(shell,test $(name) = gcc && echo y || echo n)\nconfig NAME\n\tstring\n\tdefault "it is $(name)"\n',
      },
    };
    const { questions } = model(tree);
    expect(questions.map(({ text }) => text)).toEqual([
      'compiler-name',
      'test \uE0000\uE001 = gcc && echo y || echo n',
    ]);
    expect(olddefconfig(tree, '', ['gcc', 'y'])).toEqual(['CONFIG_HAS=y', 'CONFIG_NAME="it is gcc"']);
    expect(olddefconfig(tree, '', ['clang', 'n'])).toEqual(['CONFIG_NAME="it is clang"']);
  });
});

describe('circles', () => {
  it.each([
    ['depends on itself', bool('A', '\tdepends on A\n'), 'A depends on A'],
    ['selects itself', bool('A', '\tselect A\n'), 'A is selected by A'],
    [
      'two symbols',
      `${bool('A', '\tdepends on B\n')}${bool('B', '\tdepends on A\n')}`,
      'A depends on B, B depends on A',
    ],
    [
      'a default',
      `${bool('A', '\tdefault B\n')}${bool('B', '\tdepends on A\n')}`,
      'A default value contains B, B depends on A',
    ],
    ['imply', `${bool('A', '\tdepends on B\n\timply B\n')}${bool('B')}`, 'A depends on B, B is implied by A'],
    [
      'a member of a choice',
      `choice\n\tprompt "p"\n${bool('A')}${bool('B', '\tdepends on A\n')}endchoice\n`,
      'B prompt is visible depending on A',
    ],
  ])('%s', (_, text, words) => {
    const found = compile(text).problems.filter(({ code }) => code === 'recursive-dependency');
    expect(found.map(({ message }) => message)).toEqual([`recursive dependency: ${words}`]);
  });

  it('finds none where a symbol is defined twice', () => {
    expect(problemsOf(`${bool('A', '\tdepends on B\n')}${bool('B')}${bool('A', '\tdepends on B\n')}`)).toEqual([]);
  });
});

describe('bounds', () => {
  it('stops at 64 million characters', () => {
    const files = { Kconfig: '# first\nsource "a"\n', a: '#'.repeat(64 << 20) };
    expect(problemsOf({ files })).toEqual(['too-large 2']);
  });

  it('stops where files read one another 500 deep', () => {
    const files: Record<string, string> = { Kconfig: 'source "f1"\n' };
    for (let i = 1; i < 500; i++) files[`f${i}`] = `source "f${i + 1}"\n`;
    files['f500'] = bool('LAST');
    expect(problemsOf({ files })).toEqual(['too-deep f499:1']);
    files['f499'] = bool('LAST');
    expect(problemsOf({ files })).toEqual([]);
  });

  it('refuses a menu that nothing follows as it refuses all others, where blocks are too deep', () => {
    const ifs = 'if y\n'.repeat(500);
    expect(problemsOf(`${ifs}menu "m"\n`)).toEqual(['too-deep 502']);
  });

  const doubled = (count: number, first: string): string =>
    `a0 = ${first}\n${Array.from({ length: count }, (_, i) => `a${i + 1} = $(a${i})$(a${i})\n`).join('')}`;
  it.each([
    ['parentheses in a macro', `x := $(f,${'('.repeat(1001)}\n`, 'recursive-macro 1'],
    ['a million expansions that come to nothing', `${doubled(20, '')}x := $(a20)\n`, 'macro-too-large 22'],
    [
      'many expansions of a moderate size',
      `a = ${'x'.repeat(1_000_000)}\n${'x := $(a)\n'.repeat(300)}`,
      'macro-too-large 270',
    ],
    [
      'a variable that grows line by line',
      `a = ${'x'.repeat(600_000)}\na += ${'x'.repeat(600_000)}\n`,
      'macro-too-large 2',
    ],
  ])('stops at %s', (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});

describe('limits', () => {
  it('stops at 20,000 files, however small', () => {
    const files: Record<string, string> = { Kconfig: '' };
    for (let i = 0; i < 20_001; i++) {
      files['Kconfig'] += `source "f${i}"\n`;
      files[`f${i}`] = `config S${i}\n\tbool\n`;
    }
    expect(problemsOf({ files })).toEqual(['too-large 20000']);
  });

  it('reads a chain of a hundred thousand symbols, each depending on the one before', () => {
    const count = 100_000;
    const lines = [bool('S0', '\tdefault y\n')];
    // A comment between them keeps each from becoming the submenu of the one before.
    for (let i = 1; i < count; i++)
      lines.push(`comment "c"\nconfig S${i}\n\tbool\n\tdefault y\n\tdepends on S${i - 1}\n`);
    const last = olddefconfig(lines.join('')).at(-1);
    expect(last).toBe(`CONFIG_S${count - 1}=y`);
  });

  it('keeps apart more conditions than its tables first have room for', () => {
    const count = 25_000;
    const lines = ['config MODULES\n\tdef_bool y\n\tmodules\n'];
    for (let i = 0; i < count; i++)
      lines.push(`config S${i}\n\tdef_bool y\n\tdepends on !(U${i} = "${i % 2}" || U${i + 1} = "v")\n`);
    const on = olddefconfig(lines.join(''));
    expect(on).toHaveLength(count + 1);
  });

  it('stops at a million entries', () => {
    expect(problemsOf(`config A\n${'config B\n'.repeat(1_000_000)}`)).toEqual(['too-large 1000001']);
  });

  it.each([
    ['blocks', `${'if y\n'.repeat(600)}${'endif\n'.repeat(600)}`],
    ['parentheses', bool('A', `\tdepends on ${'('.repeat(5000)}B${')'.repeat(5000)}\n`)],
    ['negations', bool('A', `\tdepends on ${'!'.repeat(5000)}B\n`)],
    ['conjunctions', bool('A', `\tdepends on ${Array.from({ length: 5000 }, (_, i) => `B${i}`).join(' && ')}\n`)],
    [
      'submenus',
      Array.from({ length: 3000 }, (_, i) => bool(`S${i}`, i === 0 ? '' : `\tdepends on S${i - 1}\n`)).join(''),
    ],
  ])('refuses %s nested beyond all sense, without a stack overflow', (_, text) => {
    const { problems } = compile(text);
    expect(problems.map(({ code }) => code)).toContain('too-deep');
  });
});

describe('what releases differ in', () => {
  it.each([
    ['---help---', 4018, 'config A\n\tbool\n\t---help---\n\t  words\nconfig B\n\tbool\n', []],
    ['---help---, too late', 5010, 'config A\n\tbool\n\t---help---\n', ['unknown-statement 3']],
    ['option modules', 5010, 'config M\n\tbool\n\toption modules\n', []],
    ['modules', 6001, 'config M\n\tbool\n\tmodules\n', []],
    ['modules, too early', 5010, 'config M\n\tbool\n\tmodules\n', ['unknown-statement 3']],
    ['optional', 6001, `choice\n\tprompt "p"\n\toptional\n${bool('A')}endchoice\n`, []],
    ['optional, too late', 6012, 'choice\n\tprompt "p"\n\toptional\nendchoice\n', ['unknown-statement 3']],
    ['transitional', 7003, 'config M\n\tbool\n\ttransitional\n', []],
    ['transitional, too early', 6012, 'config M\n\tbool\n\ttransitional\n', ['unknown-statement 3']],
    ['depends on … if', 7003, bool('A', '\tdepends on B if C\n'), []],
    ['depends on … if, too early', 6012, bool('A', '\tdepends on B if C\n'), ['invalid-statement 3']],
  ])('%s', (_, version, text, problems) => {
    expect(problemsOf({ files: { Kconfig: text }, version })).toEqual(problems);
  });
});

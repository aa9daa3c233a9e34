/** Corners of the language and of values, release by release: all as conf of 5.10, 6.1, 6.12 and 7.2 has it. */
import { describe, expect, it } from 'vitest';
import { compile, olddefconfig } from '../support/kconfig.ts';

type Files = Readonly<Record<string, string>>;

/** The problems of a tree, and what a config comes to where it is not refused. */
function said(given: string | Files, version: number, config: string): string[] {
  const files = typeof given === 'string' ? { Kconfig: given } : given;
  const tree = { files, version, environment: { FROM_OUTSIDE: 'hello' } };
  const { problems, model } = compile(tree);
  const found = problems.map(({ code, severity, message, location: { source, span } }) => {
    const line = source.text.slice(0, span.start).split('\n').length;
    return `${severity} ${code} ${source.path}:${line}: ${message}`;
  });
  return model === undefined ? found : [...found, ...olddefconfig(tree, config)];
}

describe('a tree', () => {
  it.each<[string | Files, string, readonly number[], readonly string[]]>([
    ['\nx := $(lineno)\nconfig A\n\tstring\n\tdefault "$(x)"\n', '', [5010, 6001, 6012, 7002], ['CONFIG_A="3"']],
    [
      'x := a\n\nx += $(lineno)\nconfig A\n\tstring\n\tdefault "$(x)"\n',
      '',
      [5010, 6001, 6012, 7002],
      ['CONFIG_A="a 4"'],
    ],
    [
      '\nx := $(warning-if,y,hi)\nconfig A\n\tstring\n\tdefault "$(x)"\n',
      '',
      [5010, 6001, 6012, 7002],
      ['warning warning-if Kconfig:2: hi', 'CONFIG_A=""'],
    ],
    [
      '\nx := $(error-if,y,hi)\nconfig A\n\tstring\n\tdefault "$(x)"\n',
      '',
      [5010, 6001, 6012, 7002],
      ['error error-if Kconfig:2: hi'],
    ],
    [
      {
        Kconfig: '\nsource "a"\nx := $(lineno)\nconfig A\n\tstring\n\tdefault "$(x)"\n',
        a: 'y := $(lineno)\nconfig B\n\tstring\n\tdefault "$(y)"\n',
      },
      '',
      [5010, 6001, 6012, 7002],
      ['CONFIG_B="2"', 'CONFIG_A="4"'],
    ],
    [
      'config A\n\tbool "a"',
      '',
      [5010, 6001],
      ['warning missing-final-newline Kconfig:2: no newline at the end of the file', '# CONFIG_A is not set'],
    ],
    [
      'config A\n\tbool "a"',
      '',
      [6012, 7002],
      ['error missing-final-newline Kconfig:2: no newline at the end of the file'],
    ],
    ['config A\n\tbool "a"\n\thelp\n\t  x', '', [5010, 6001, 6012, 7002], ['# CONFIG_A is not set']],
    [
      'menu "m"\nconfig A\n\tbool "a"\nendmenu',
      '',
      [5010, 6001, 6012, 7002],
      ['error missing-final-newline Kconfig:4: no newline at the end of the file'],
    ],
    ['config A\n\tbool "a"\n# x', '', [5010, 6001, 6012, 7002], ['# CONFIG_A is not set']],
    ['config A\n\tbool "a"\n  ', '', [5010, 6001, 6012, 7002], ['# CONFIG_A is not set']],
    [
      'config A\n\tbool "a"\nx = y',
      '',
      [5010, 6001],
      ['warning missing-final-newline Kconfig:3: no newline at the end of the file', '# CONFIG_A is not set'],
    ],
    [
      'config A\n\tbool "a"\nx = y',
      '',
      [6012, 7002],
      ['error missing-final-newline Kconfig:3: no newline at the end of the file'],
    ],
    [
      { Kconfig: 'source "a"\nconfig B\n\tbool "b"\n', a: 'config A\n\tbool "a"' },
      '',
      [5010, 6001, 6012, 7002],
      [
        'warning missing-final-newline a:2: no newline at the end of the file',
        '# CONFIG_A is not set',
        '# CONFIG_B is not set',
      ],
    ],
    [
      { Kconfig: 'source "a"\nconfig B\n\tbool "b"\n', a: 'menu "a"\nendmenu' },
      '',
      [5010, 6001, 6012, 7002],
      ['error missing-final-newline a:2: no newline at the end of the file'],
    ],
    [
      { Kconfig: 'source "a"\n\tdefault y\nconfig B\n\tbool "b"\n', a: 'config A\n\tbool "a"\n' },
      '',
      [5010, 6001, 6012, 7002],
      ['CONFIG_A=y', '# CONFIG_B is not set'],
    ],
    [
      { Kconfig: 'source "a"\n\n\tdepends on X\n\thelp\n\t  x\n', a: 'config A\n\tbool "a"\n\tdefault y\n' },
      '',
      [5010, 6001, 6012, 7002],
      [],
    ],
    [
      { Kconfig: 'source "a"\n\tdepends on X\nconfig B\n\tbool "b"\n', a: 'menu "a"\nconfig A\n\tbool "a"\nendmenu\n' },
      '',
      [5010, 6001, 6012, 7002],
      ['error invalid-statement Kconfig:2: invalid statement'],
    ],
    [
      { Kconfig: 'source "a"\n\tdepends on X\nconfig B\n\tbool "b"\n', a: 'comment "a"\n' },
      '',
      [5010, 6001, 6012, 7002],
      ['# CONFIG_B is not set'],
    ],
    [
      { Kconfig: 'source "a"\n\tdefault y\nconfig B\n\tbool "b"\n', a: 'source "b"\n', b: 'config A\n\tbool "a"\n' },
      '',
      [5010, 6001, 6012, 7002],
      ['CONFIG_A=y', '# CONFIG_B is not set'],
    ],
    [
      { Kconfig: 'menu "m"\nsource "a"\n\tdepends on X\nendmenu\n', a: '# nothing\n' },
      '',
      [5010, 6001, 6012, 7002],
      ['error invalid-statement Kconfig:3: invalid statement'],
    ],
    [
      { Kconfig: 'source "a"\n\tprompt "x"\nconfig B\n\tbool "b"\n', a: 'menuconfig A\n\tbool\n' },
      '',
      [5010, 6001, 6012, 7002],
      ['# CONFIG_A is not set', '# CONFIG_B is not set'],
    ],
    [
      { Kconfig: 'source "a"\nconfig B\n\tbool "b"\n', a: 'menuconfig A\n\tbool\n' },
      '',
      [5010, 6001, 6012],
      ['warning menuconfig-without-prompt a:1: menuconfig statement without prompt', '# CONFIG_B is not set'],
    ],
    [
      { Kconfig: 'source "a"\nconfig B\n\tbool "b"\n', a: 'menuconfig A\n\tbool\n' },
      '',
      [7002],
      ['error menuconfig-without-prompt a:1: menuconfig statement without prompt'],
    ],
    [
      { Kconfig: 'source "a"\n', a: 'menuconfig A\n\tbool\n' },
      '',
      [5010, 6001, 6012],
      ['warning menuconfig-without-prompt a:1: menuconfig statement without prompt'],
    ],
    [
      { Kconfig: 'source "a"\n', a: 'menuconfig A\n\tbool\n' },
      '',
      [7002],
      ['error menuconfig-without-prompt a:1: menuconfig statement without prompt'],
    ],
    [
      { Kconfig: 'source "a"\n\tprompt "x"\nendchoice\n', a: 'choice\n' },
      '',
      [5010, 6001],
      [
        'error invalid-statement Kconfig:2: invalid statement',
        "error end-in-other-file Kconfig:3: 'choice' in different file than 'choice'",
      ],
    ],
    [
      { Kconfig: 'source "a"\n\tprompt "x"\nendchoice\n', a: 'choice\n' },
      '',
      [6012, 7002],
      [
        'error choice-without-prompt a:1: choice must have a prompt',
        'error invalid-statement Kconfig:2: invalid statement',
        "error end-in-other-file Kconfig:3: 'choice' in different file than 'choice'",
      ],
    ],
    [
      { Kconfig: 'source "a"\n\n\tdefault "x"\n', a: 'config A\n\tint "a"\n' },
      '',
      [5010, 6001, 6012, 7002],
      ["warning invalid-number Kconfig:3: 'A': number is invalid", 'CONFIG_A=x'],
    ],
    [
      { Kconfig: 'source "a"\nif A\nconfig B\n\tbool "b"\nendif\n', a: 'config A\n\tbool "a"\n' },
      '',
      [5010, 6001, 6012, 7002],
      ['# CONFIG_A is not set'],
    ],
    [
      { Kconfig: 'source "a"\nconfig B\n\tbool "b"\n', a: 'config A' },
      '',
      [5010, 6001, 6012, 7002],
      [
        'warning missing-final-newline a:1: no newline at the end of the file',
        'warning no-type a:1: config symbol defined without type',
        '# CONFIG_B is not set',
      ],
    ],
    [
      { Kconfig: 'source "a"\nconfig B\n\tbool "b"\n', a: 'menu "A"' },
      '',
      [5010, 6001, 6012, 7002],
      [
        'warning missing-final-newline a:1: no newline at the end of the file',
        'error missing-end a:1: missing end of this menu',
      ],
    ],
    [
      { Kconfig: 'source "a"\nconfig B\n\tbool "b"\n', a: 'if y\nendif' },
      '',
      [5010, 6001, 6012, 7002],
      ['error missing-final-newline a:2: no newline at the end of the file'],
    ],
    [
      { Kconfig: 'source "a"\nconfig B\n\tbool "b"\n', a: 'source "b"', b: 'config A\n\tbool "a"\n' },
      '',
      [5010, 6001, 6012, 7002],
      [
        'warning missing-final-newline a:1: no newline at the end of the file',
        '# CONFIG_A is not set',
        '# CONFIG_B is not set',
      ],
    ],
    ['comment "A"', '', [5010, 6001], ['warning missing-final-newline Kconfig:1: no newline at the end of the file']],
    ['comment "A"', '', [6012, 7002], ['error missing-final-newline Kconfig:1: no newline at the end of the file']],
    ['mainmenu "A"', '', [5010, 6001], ['warning missing-final-newline Kconfig:1: no newline at the end of the file']],
    ['mainmenu "A"', '', [6012, 7002], ['error missing-final-newline Kconfig:1: no newline at the end of the file']],
    [
      'foo',
      '',
      [5010, 6001],
      [
        'warning missing-final-newline Kconfig:1: no newline at the end of the file',
        'error unknown-statement Kconfig:1: unknown statement "foo"',
      ],
    ],
    [
      'foo',
      '',
      [6012, 7002],
      [
        'error missing-final-newline Kconfig:1: no newline at the end of the file',
        'error unknown-statement Kconfig:1: unknown statement "foo"',
      ],
    ],
    [
      'config A\n\tbool "a',
      '',
      [5010, 6001],
      ['warning missing-final-newline Kconfig:2: no newline at the end of the file', '# CONFIG_A is not set'],
    ],
    [
      'config A\n\tbool "a',
      '',
      [6012, 7002],
      ['error missing-final-newline Kconfig:2: no newline at the end of the file'],
    ],
    ['config A\n\tbool\n\toption\n', '', [5010], ['error invalid-statement Kconfig:3: invalid statement']],
    [
      'config A\n\tstring "a"\n\tdefault "x\\\ny"\n',
      '',
      [5010, 7002],
      [
        'warning multi-line-string Kconfig:3: a string ends at the end of its line',
        'warning multi-line-string Kconfig:4: a string ends at the end of its line',
        'error unknown-statement Kconfig:4: unknown statement "y"',
      ],
    ],
    ['config A\n\tstring "a"\n\tdefault "x\\y\\\\z\\""\n', '', [5010, 7002], ['CONFIG_A="xy\\\\z\\""']],
    [
      'config A\n\tbool "a',
      '',
      [5010],
      ['warning missing-final-newline Kconfig:2: no newline at the end of the file', '# CONFIG_A is not set'],
    ],
    ['config A\n\tbool "a', '', [7002], ['error missing-final-newline Kconfig:2: no newline at the end of the file']],
    [
      { Kconfig: 'source "a"\n', a: 'config A\n\tbool "a' },
      '',
      [5010, 7002],
      ['warning missing-final-newline a:2: no newline at the end of the file', '# CONFIG_A is not set'],
    ],
    ['config A\n\tbool "a"\n\thelp\n\t  x\n\t ', '', [5010, 7002], ['# CONFIG_A is not set']],
    [
      'config A\n\tbool "a"\n\thelp\n\t ',
      '',
      [5010],
      ["warning blank-help Kconfig:3: 'A' defined with blank help text", '# CONFIG_A is not set'],
    ],
    ['config A\n\tbool "a"\n\thelp\n\t ', '', [7002], ["error blank-help Kconfig:3: 'A' defined with blank help text"]],
    [
      'config A\n\tbool "a"\n\thelp\n\t\tx\n\n    deeper\n\tdefault y\n',
      '',
      [5010, 7002],
      [
        'error unknown-statement Kconfig:6: unknown statement "deeper"',
        'error invalid-statement Kconfig:7: invalid statement',
      ],
    ],
    [
      'config A\n\tbool "a"\n\thelp\n        x\n\ty\n    \tz\n\tdefault y\n',
      '',
      [5010, 7002],
      ['# CONFIG_A is not set'],
    ],
    ['config A\n\tbool "a"\n\thelp\nx\n\tdefault y\n', '', [5010, 7002], ['# CONFIG_A is not set']],
    ['config A\n\tbool "a"\n\thelp\n\t  x\n \tdefault y\n', '', [5010, 7002], ['CONFIG_A=y']],
    [
      'f = $(f,$(1))\nx := $(f,a)\n',
      '',
      [5010, 7002],
      ['error recursive-macro Kconfig:2: macros nested deeper than 1000'],
    ],
    ['a = 1\na += $(b)\nb = 2\nconfig A\n\tstring\n\tdefault "$(a)"\n', '', [5010, 7002], ['CONFIG_A="1 2"']],
    [
      'x = AB\nconfig $(x) # c\n\tdef_bool y\nconfig B\n\tdef_bool $(x)&&y\nconfig C\n\tdef_bool !$(x)=y\n',
      '',
      [5010, 7002],
      ['CONFIG_AB=y', 'CONFIG_B=y'],
    ],
    [
      'x := $(f,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17)\n',
      '',
      [5010, 7002],
      ['error macro-arguments Kconfig:1: too many function arguments'],
    ],
    [
      'f = $(15)$(16)\nv := $(f,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16)\nconfig A\n\tstring\n\tdefault "$(v)"\n',
      '',
      [5010, 7002],
      ['error macro-arguments Kconfig:2: too many function arguments'],
    ],
    [
      'f = $(15)$(16)$(1)\nv := $(f,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15)\nconfig A\n\tstring\n\tdefault "$(v)"\n',
      '',
      [5010, 7002],
      ['CONFIG_A="151"'],
    ],
    [
      'x = a b\nconfig A\n\tstring\n\tdefault "$(x)$(y)$ $$ $(x"\n',
      '',
      [5010, 7002],
      ["error unterminated-macro Kconfig:4: unterminated reference to 'x\"': missing ')'"],
    ],
    ['v = $(b)\nv := $(c)\nc = 2\nb = 1\nconfig A\n\tstring\n\tdefault "$(v)"\n', '', [5010, 7002], ['CONFIG_A=""']],
    ['v += $(b)\nb = 1\nconfig A\n\tstring\n\tdefault "$(v)"\n', '', [5010, 7002], ['CONFIG_A="1"']],
    [
      'v = $(FROM_OUTSIDE)\nv := <$(FROM_OUTSIDE)>\nconfig A\n\tstring\n\tdefault "$(v)"\n',
      '',
      [5010, 7002],
      ['CONFIG_A="<hello>"'],
    ],
    [
      'FROM_OUTSIDE := x\nv = $(FROM_OUTSIDE)\nconfig A\n\tstring\n\tdefault "$(v)"\n',
      '',
      [5010, 7002],
      ['CONFIG_A="x"'],
    ],
    ['f = <$(1)>\nv := $(f, a , b)\nconfig A\n\tstring\n\tdefault "$(v)"\n', '', [5010, 7002], ['CONFIG_A="< a >"']],
    ['f = <$(0)>\nv := $(f,a)\nconfig A\n\tstring\n\tdefault "$(v)"\n', '', [5010, 7002], ['CONFIG_A="<>"']],
    [
      'x := $(filename,)\n',
      '',
      [5010, 7002],
      ["error macro-arguments Kconfig:1: too many arguments passed to 'filename'"],
    ],
    ['x := $(info)\n', '', [5010, 7002], ["error macro-arguments Kconfig:1: too few arguments passed to 'info'"]],
    [
      'choice\n\tprompt "c"\nconfig A\n\tbool "a"\nconfig B\n\tbool "b"\nconfig A\n\tbool\nendchoice\n',
      'CONFIG_B=y\n',
      [5010],
      ['# CONFIG_A is not set', 'CONFIG_B=y'],
    ],
    [
      'choice\n\tprompt "c"\nconfig A\n\tbool "a"\nconfig B\n\tbool "b"\nconfig A\n\tbool\nendchoice\n',
      'CONFIG_B=y\n',
      [6012, 7002],
      ['error choice-member-without-prompt Kconfig:7: choice member must have a prompt'],
    ],
    [
      'choice\n\tprompt "c"\nconfig A\n\tbool "a"\nconfig B\n\tbool "b"\nconfig A\n\tbool "a2"\nendchoice\n',
      '',
      [5010, 6012],
      ['CONFIG_A=y', '# CONFIG_B is not set'],
    ],
    [
      'choice\n\tprompt "c"\nconfig A\n\tbool "a"\nconfig B\n\tbool "b"\nconfig A\n\tbool "a2"\nendchoice\n',
      '',
      [7002],
      [
        'error choice-member-elsewhere Kconfig:8: choice value has a prompt outside its choice',
        'error choice-member-elsewhere Kconfig:4: choice value has a prompt outside its choice',
      ],
    ],
    ['config A\n\tbool "a"\n\toptional\n', '', [5010, 6001], ['error invalid-statement Kconfig:3: invalid statement']],
    ['menu "a"\n\toptional\nendmenu\n', '', [5010, 6001], ['error invalid-statement Kconfig:2: invalid statement']],
    ['choice\n\tbool "c"\nconfig A\n\tbool "a"\nendchoice\n', '', [6012], ['CONFIG_A=y']],
    [
      'choice\n\tprompt "x"\n\tbool\nconfig A\n\tbool "a"\nendchoice\n',
      '',
      [6012],
      ['error invalid-statement Kconfig:3: invalid statement'],
    ],
    [
      'choice\n\ttristate "c"\nconfig A\n\tbool "a"\nendchoice\n',
      '',
      [6012],
      [
        'error choice-without-prompt Kconfig:1: choice must have a prompt',
        'error invalid-statement Kconfig:2: invalid statement',
      ],
    ],
    [
      'choice\n\tprompt "c"\n\thelp\n\t  a\n\thelp\n\t  b\nconfig A\n\tbool "a"\nendchoice\n',
      '',
      [5010],
      ["warning second-help Kconfig:5: '<choice>' defined with more than one help text", 'CONFIG_A=y'],
    ],
    [
      'choice\n\tprompt "c"\n\thelp\n\t  a\n\thelp\n\t  b\nconfig A\n\tbool "a"\nendchoice\n',
      '',
      [7002],
      ["error second-help Kconfig:5: '<choice>' defined with more than one help text"],
    ],
    [
      'choice\n\tprompt "c"\n\thelp\n\nconfig A\n\tbool "a"\nendchoice\n',
      '',
      [5010],
      ["warning blank-help Kconfig:3: '<choice>' defined with blank help text", 'CONFIG_A=y'],
    ],
    [
      'choice\n\tprompt "c"\n\thelp\n\nconfig A\n\tbool "a"\nendchoice\n',
      '',
      [7002],
      ["error blank-help Kconfig:3: '<choice>' defined with blank help text"],
    ],
    [
      'choice\n\tprompt "c"\nconfig A\n\tbool "a"\nfoo\nendchoice\n',
      '',
      [5010, 7002],
      ['error invalid-statement Kconfig:5: invalid statement'],
    ],
    [
      'choice\n\tprompt "c"\nconfig A\n\tbool "a"\nx = 1\nendchoice\n',
      '',
      [5010, 7002],
      ['error invalid-statement Kconfig:5: invalid statement'],
    ],
    [
      'choice\n\tprompt "c"\nconfig A\n\tbool "a"\ncomment "x"\nif A\nconfig B\n\tbool "b"\nendif\nendchoice\n',
      '',
      [5010, 6012, 7002],
      ['error recursive-dependency Kconfig:7: recursive dependency: B depends on A'],
    ],
    [
      'config MODULES\n\tdef_bool y\n\toption modules\nchoice\n\ttristate "c"\nconfig A\n\ttristate "a"\nconfig B\n\ttristate "b"\n\tdepends on m\nendchoice\n',
      'CONFIG_A=y\nCONFIG_B=m\n',
      [5010],
      ['CONFIG_MODULES=y', 'CONFIG_A=m', 'CONFIG_B=m'],
    ],
    [
      'config MODULES\n\tdef_bool y\n\toption modules\nchoice\n\ttristate "c"\nconfig A\n\ttristate "a"\nconfig B\n\ttristate "b"\n\tdepends on m\nendchoice\n',
      'CONFIG_A=m\nCONFIG_B=m\n',
      [5010],
      ['CONFIG_MODULES=y', 'CONFIG_A=m', 'CONFIG_B=m'],
    ],
    [
      'config MODULES\n\tdef_bool y\n\tmodules\nconfig OLD\n\ttristate\n\ttransitional\nconfig NEW\n\ttristate "n"\n\tdefault OLD\nconfig NB\n\tbool "n"\n\tdefault OLD\nconfig S\n\tstring "s"\n\tdefault OS\nconfig OS\n\tstring\n\ttransitional\nconfig NN\n\tint "s"\n\tdefault ON\nconfig ON\n\tint\n\ttransitional\n',
      'CONFIG_OLD=m\nCONFIG_OS="x"\nCONFIG_ON=7\n',
      [7003],
      ['CONFIG_MODULES=y', 'CONFIG_NEW=m', 'CONFIG_NB=y', 'CONFIG_S="x"', 'CONFIG_NN=7'],
    ],
    [
      'config B\n\tdef_bool y\nconfig S\n\tstring "s"\n\tdefault B\nconfig T\n\tstring "t"\n\tdefault y\nconfig U\n\tstring "u"\n\tdefault m\n',
      '',
      [5010, 6012, 7002],
      ['CONFIG_B=y', 'CONFIG_S="n"', 'CONFIG_T="y"', 'CONFIG_U="m"'],
    ],
    [
      'config LO\n\tint\n\tdefault 5\nconfig HI\n\tint "hi"\n\tdefault 9\nconfig N\n\tint "n"\n\trange LO HI\nconfig X\n\thex "x"\n\trange LO HI\n\tdefault 0x20\nconfig S\n\tstring\n\tdefault "7"\nconfig B\n\tdef_bool y\nconfig O\n\tint "o"\n\trange S 9\nconfig P\n\tint "o"\n\trange B 9\n\tdefault -3\n',
      'CONFIG_N=3\n',
      [5010, 6012, 7002],
      [
        'warning invalid-number Kconfig:21: range is invalid',
        'warning invalid-number Kconfig:24: range is invalid',
        'CONFIG_LO=5',
        'CONFIG_HI=9',
        'CONFIG_N=5',
        'CONFIG_X=9',
        'CONFIG_S="7"',
        'CONFIG_B=y',
        'CONFIG_O=7',
        'CONFIG_P=n',
      ],
    ],
    [
      'config LO\n\tint\n\tdefault 5\nconfig HI\n\tint "hi"\n\tdefault 9\nconfig N\n\tint "n"\n\trange LO HI\n',
      'CONFIG_N=30\nCONFIG_HI=20\n',
      [5010],
      ['CONFIG_LO=5', 'CONFIG_HI=20', 'CONFIG_N=5'],
    ],
    [
      'config LO\n\tint\n\tdefault 5\nconfig HI\n\tint "hi"\n\tdefault 9\nconfig N\n\tint "n"\n\trange LO HI\n',
      'CONFIG_N=30\nCONFIG_HI=20\n',
      [6012, 7002],
      ['CONFIG_LO=5', 'CONFIG_HI=20', 'CONFIG_N=20'],
    ],
    [
      'config LO\n\thex\n\tdefault 0x10\nconfig N\n\tint "n"\n\trange LO 0x20\n\tdefault 9\n',
      '',
      [5010, 6012, 7002],
      ['warning invalid-number Kconfig:6: range is invalid', 'CONFIG_LO=0x10', 'CONFIG_N=0x10'],
    ],
    [
      'config N\n\tint "n"\n\tdefault 99999999999999999999\n\trange 0 5\nconfig P\n\tint "p"\n\tdefault 9223372036854775808\n\trange 0 99999999999999999999\nconfig Q\n\tint "q"\n\tdefault -99999999999999999999\n\trange -5 5\nconfig R\n\tint "r"\n\tdefault -9223372036854775809\n\trange -99999999999999999999 5\nconfig T\n\tint "p"\n\tdefault 9223372036854775807\n\trange 9223372036854775808 9223372036854775809\n',
      '',
      [5010, 6012, 7002],
      [
        'CONFIG_N=5',
        'CONFIG_P=9223372036854775808',
        'CONFIG_Q=-5',
        'CONFIG_R=-9223372036854775809',
        'CONFIG_T=9223372036854775807',
      ],
    ],
    [
      'config A\n\tdef_bool y\n\tdepends on 5 < N\nconfig C\n\tdef_bool y = B\nconfig D\n\tdef_bool N > 5\nconfig N\n\tint\n\tdefault 7\nconfig B\n\tdef_bool y\n',
      '',
      [5010, 6012, 7002],
      ['CONFIG_A=y', 'CONFIG_C=y', 'CONFIG_D=y', 'CONFIG_N=7', 'CONFIG_B=y'],
    ],
    [
      'choice\n\tbool "c"\nconfig A\n\tbool "a" if n\nconfig B\n\tbool "b" if n\nendchoice\nconfig C\n\tbool "c"\n',
      'CONFIG_A=y\n',
      [5010, 6012],
      ['# CONFIG_C is not set'],
    ],
    ['choice\n\tbool "c"\nendchoice\nconfig C\n\tbool "c"\n', '', [5010, 6012], ['# CONFIG_C is not set']],
    [
      'choice\n\tbool "c"\n\tdefault C\nendchoice\nconfig C\n\tbool "c"\n',
      'CONFIG_C=y\n',
      [5010, 6012],
      [
        "warning default-not-in-choice Kconfig:3: choice default symbol 'C' is not contained in the choice",
        'CONFIG_C=y',
      ],
    ],
  ])('%j with %j in %j', (files, config, versions, expected) => {
    for (const version of versions) expect(said(files, version, config)).toEqual(expected);
  });
});

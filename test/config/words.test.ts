/** A config as a person reads it: what each line is said to be, where its kernel comes from, and what edits make of it. */
import { describe, expect, it } from 'vitest';
import {
  effectiveSettings,
  effectiveValues,
  linesOf,
  parseConfig,
  parseConfigText,
  repeatedRows,
  settingOf,
  settingsOf,
  writtenValueAt,
} from '../../src/config/document.ts';
import { applyEdits, editsFor } from '../../src/config/edits.ts';
import { limits } from '../../src/config/limits.ts';
import { factsOfName } from '../../src/config/origin.ts';
import { isFatal } from '../../src/config/problem.ts';
import { isNumber, numberOf } from '../../src/config/value.ts';
import { createSource, placedIn, renamed } from '../../src/source.ts';
import { knownArchNames, parseArch } from '../../src/target.ts';

/** Every problem: its place, what it is, and what the line should read instead. */
const said = (text: string): string[] =>
  parseConfigText(text).problems.map(
    (problem) =>
      `${problem.location.span.start}-${problem.location.span.end} ${isFatal(problem) ? 'fatal ' : ''}${problem.code}` +
      ` ${problem.symbol ?? ''}: ${problem.message}${problem.replacement === undefined ? '' : ` => ${problem.replacement}`}` +
      `${problem.harmless === true ? ' (harmless)' : ''}`,
  );
const target = (text: string, path = '.config') => {
  const { kernel, release, arch, flavour, kernelFrom, archFrom } = parseConfigText(text, path).target;
  return [kernel, release, arch, flavour, kernelFrom, archFrom].map((each) => each ?? '-').join(' | ');
};
const header = (text: string) => {
  const found = parseConfigText(text).origin.header;
  return found === undefined ? undefined : JSON.stringify(text.slice(found.start, found.end));
};
const value = (written: string) => {
  const setting = settingOf(parseConfigText(`CONFIG_A=${written}\nCONFIG_Z=y\n`), 'A');
  return setting.kind === 'set' ? setting.value : setting.kind;
};

describe('a line', () => {
  it.each<[string, readonly string[]]>([
    ['CONFIG_A', ['0-8 unexpected-data A: CONFIG_A is given no value']],
    ['CONFIG_=y', ['0-9 unexpected-data : there is no symbol between CONFIG_ and =']],
    ['CONFIG_A-B=y', ['0-12 odd-symbol-name : "CONFIG_A-B" is not the name of a symbol']],
    ['  CONFIG_A=y ', ['0-13 unexpected-data A: the line starts with a blank, so the kernel skips it => CONFIG_A=y']],
    ['\tCONFIG_A=y', ['0-11 unexpected-data A: the line starts with a blank, so the kernel skips it => CONFIG_A=y']],
    ['config_A=y', ['0-10 missing-prefix A: "config_" must be written CONFIG_, in capitals => CONFIG_A=y']],
    ['Config_A=y', ['0-10 missing-prefix A: "Config_" must be written CONFIG_, in capitals => CONFIG_A=y']],
    [
      'CONFIG_A =y',
      [
        '0-11 space-around-equals A: a blank stands before the =: the kernel looks for a symbol named "A " => CONFIG_A=y',
      ],
    ],
    [
      'CONFIG_A\t=y',
      [
        '0-11 space-around-equals A: a blank stands before the =: the kernel looks for a symbol named "A " => CONFIG_A=y',
      ],
    ],
    [
      'CONFIG_A= y',
      ['0-11 space-around-equals A: a blank stands after the =: the kernel takes it for the value => CONFIG_A=y'],
    ],
    [
      'CONFIG_A=\ty',
      ['0-11 space-around-equals A: a blank stands after the =: the kernel takes it for the value => CONFIG_A=y'],
    ],
    ['A=y', ['0-3 missing-prefix A: "A" is not a setting without CONFIG_ in front => CONFIG_A=y']],
    ['Ab_1=0x1F', ['0-9 missing-prefix Ab_1: "Ab_1" is not a setting without CONFIG_ in front => CONFIG_Ab_1=0x1F']],
    ['  A="x y"  ', ['0-11 missing-prefix A: "A" is not a setting without CONFIG_ in front => CONFIG_A="x y"']],
    ['A=maybe', ['0-7 unexpected-data : this is neither a setting nor a comment']],
    ['9A=y', ['0-4 unexpected-data : this is neither a setting nor a comment']],
    ['A=12', ['0-4 missing-prefix A: "A" is not a setting without CONFIG_ in front => CONFIG_A=12']],
    ['A=', ['0-2 unexpected-data : this is neither a setting nor a comment']],
    ['x CONFIG_A=y', ['0-12 unexpected-data : this is neither a setting nor a comment']],
    ['junk', ['0-4 unexpected-data : this is neither a setting nor a comment']],
    [
      'CONFIG_A is not set',
      ['0-19 not-set-spelling A: CONFIG_A is not turned off without "# " in front => # CONFIG_A is not set'],
    ],
    [
      '  CONFIG_A  is\tnot set ',
      ['0-23 not-set-spelling A: CONFIG_A is not turned off without "# " in front => # CONFIG_A is not set'],
    ],
    ['CONFIG_A is not set yet', ['0-23 unexpected-data : this is neither a setting nor a comment']],
    ['CONFIG_A is set', ['0-15 unexpected-data : this is neither a setting nor a comment']],
    ['xCONFIG_A', ['0-9 unexpected-data : this is neither a setting nor a comment']],
    ['CONFIG_A B', ['0-10 unexpected-data : this is neither a setting nor a comment']],
    ['CONFIG_A=', ['0-9 empty-value A: CONFIG_A is given an empty value']],
    [
      'CONFIG_A=  ',
      ['0-11 space-around-equals A: a blank stands after the =: the kernel takes it for the value => CONFIG_A='],
    ],
    [
      'CONFIG_A="y"',
      [
        '0-12 value-spelling A: "y" is a string: for a bool or tristate the kernel rejects it and the setting is lost => CONFIG_A=y',
      ],
    ],
    [
      'CONFIG_A="n"',
      [
        '0-12 value-spelling A: "n" is a string: for a bool or tristate the kernel rejects it and the setting is lost => # CONFIG_A is not set',
      ],
    ],
    [
      'CONFIG_A="m"',
      [
        '0-12 value-spelling A: "m" is a string: for a bool or tristate the kernel rejects it and the setting is lost => CONFIG_A=m',
      ],
    ],
    [
      'CONFIG_A="yes',
      ['0-13 malformed-string A: the string has no closing quote: the kernel drops the setting => CONFIG_A="yes"'],
    ],
    [
      'CONFIG_A="a\\"',
      ['0-13 malformed-string A: the string has no closing quote: the kernel drops the setting => CONFIG_A="a\\""'],
    ],
    [
      'CONFIG_A="a" ',
      ['0-13 comment-after-value A: text follows the closing quote; the kernel drops it => CONFIG_A="a" (harmless)'],
    ],
    [
      'CONFIG_A="a"\t# why',
      ['0-18 comment-after-value A: text follows the closing quote; the kernel drops it => CONFIG_A="a" (harmless)'],
    ],
    ['CONFIG_A="a"x', ['0-13 malformed-string A: the string ends at its second quote; "x" is lost => CONFIG_A="a"']],
    [
      'CONFIG_A="a"b"',
      ['0-14 malformed-string A: the string ends at its second quote; "b\\"" is lost => CONFIG_A="a\\"b"'],
    ],
    [
      'CONFIG_A="a"b"c"',
      ['0-16 malformed-string A: the string ends at its second quote; "b\\"c\\"" is lost => CONFIG_A="a\\"b\\"c"'],
    ],
    [
      'CONFIG_A="a\\"b"c"',
      ['0-17 malformed-string A: the string ends at its second quote; "c\\"" is lost => CONFIG_A="a\\"b\\"c"'],
    ],
    [
      'CONFIG_A="a\\dir\\\\b\\"\\\\\\"',
      [
        '0-24 malformed-string A: the string has no closing quote: the kernel drops the setting => CONFIG_A="a\\dir\\\\b\\"\\\\\\""',
      ],
    ],
    [
      'CONFIG_A="a\\dir\\\\b\\"\\\\"',
      [
        '0-23 lone-backslash A: the kernel drops the backslash of \\d; one that is to stay is written \\\\ => CONFIG_A="a\\\\dir\\\\b\\"\\\\"',
      ],
    ],
    ['CONFIG_A="\\"dir\\" \\\\dir\\\\"', []],
    [
      'CONFIG_A="a"CONFIG_B=y',
      ['0-22 glued-lines A: two settings stand on one line; CONFIG_B is lost => CONFIG_A="a"\nCONFIG_B=y'],
    ],
    [
      'CONFIG_A="a" CONFIG_B=y',
      ['0-23 glued-lines A: two settings stand on one line; CONFIG_B is lost => CONFIG_A="a"\nCONFIG_B=y'],
    ],
    [
      'CONFIG_A="a"""',
      ['0-14 malformed-string A: the string ends at its second quote; "\\"\\"" is lost => CONFIG_A="a\\"\\""'],
    ],
    [
      'CONFIG_A=yCONFIG_B=yCONFIG_C=yCONFIG_D=yCONFIG_E=yCONFIG_F=y',
      [
        '0-60 glued-lines A: 6 settings stand on one line; CONFIG_B, CONFIG_C, CONFIG_D and 2 more are lost => CONFIG_A=y\nCONFIG_B=y\nCONFIG_C=y\nCONFIG_D=y\nCONFIG_E=y\nCONFIG_F=y',
      ],
    ],
    [
      'CONFIG_A=yCONFIG_B=y',
      ['0-20 glued-lines A: two settings stand on one line; CONFIG_B is lost => CONFIG_A=y\nCONFIG_B=y'],
    ],
    [
      'CONFIG_A=nCONFIG_B=m',
      ['0-20 glued-lines A: two settings stand on one line; CONFIG_B is lost => # CONFIG_A is not set\nCONFIG_B=m'],
    ],
    [
      'CONFIG_A=CONFIG_B=y',
      ['0-19 glued-lines A: two settings stand on one line; CONFIG_A and CONFIG_B are lost => CONFIG_A=\nCONFIG_B=y'],
    ],
    [
      '# CONFIG_D is not setCONFIG_E=y',
      [
        '0-31 glued-lines D: two settings stand on one line, a comment to the kernel; CONFIG_D and CONFIG_E are lost => # CONFIG_D is not set\nCONFIG_E=y',
      ],
    ],
    [
      '# CONFIG_F is not set# CONFIG_G is not set',
      [
        '0-42 glued-lines F: two settings stand on one line, a comment to the kernel; CONFIG_F and CONFIG_G are lost => # CONFIG_F is not set\n# CONFIG_G is not set',
      ],
    ],
    [
      'CONFIG_H=y# CONFIG_I is not set',
      ['0-31 glued-lines H: two settings stand on one line; CONFIG_I is lost => CONFIG_H=y\n# CONFIG_I is not set'],
    ],
    [
      'CONFIG_S="a"# CONFIG_T is not set',
      ['0-33 glued-lines S: two settings stand on one line; CONFIG_T is lost => CONFIG_S="a"\n# CONFIG_T is not set'],
    ],
    [
      'CONFIG_N=5 # CONFIG_I is not set',
      [
        '0-32 glued-lines N: two settings stand on one line; CONFIG_N and CONFIG_I are lost => CONFIG_N=5\n# CONFIG_I is not set',
      ],
    ],
    [
      'CONFIG_A=y CONFIG_IKCONFIG_PROC=y CONFIG_S="CONFIG_T=y"# CONFIG_B is not set',
      [
        '0-76 glued-lines A: 4 settings stand on one line; CONFIG_IKCONFIG_PROC, CONFIG_S and CONFIG_B are lost => CONFIG_A=y\nCONFIG_IKCONFIG_PROC=y\nCONFIG_S="CONFIG_T=y"\n# CONFIG_B is not set',
      ],
    ],
    [
      'CONFIG_A=yCONFIG_B=y # c',
      ['0-24 glued-lines A: two settings stand on one line; CONFIG_B is lost => CONFIG_A=y\nCONFIG_B=y # c'],
    ],
    [
      'CONFIG_A=y # CONFIG_B=y',
      ['0-23 comment-after-value A: text follows the value; the kernel happens to read "y" => CONFIG_A=y (harmless)'],
    ],
    [
      'CONFIG_A=y # as CONFIG_B=y',
      ['0-26 comment-after-value A: text follows the value; the kernel happens to read "y" => CONFIG_A=y (harmless)'],
    ],
    [
      'CONFIG_A=y # CONFIG_B is not set here',
      ['0-37 comment-after-value A: text follows the value; the kernel happens to read "y" => CONFIG_A=y (harmless)'],
    ],
    ['CONFIG_A="CONFIG_B=y# CONFIG_C is not set"', []],
    [
      'CONFIG_A=y # c',
      ['0-14 comment-after-value A: text follows the value; the kernel happens to read "y" => CONFIG_A=y (harmless)'],
    ],
    [
      'CONFIG_A=n // c',
      [
        '0-15 comment-after-value A: text follows the value; the kernel happens to read "n" => # CONFIG_A is not set (harmless)',
      ],
    ],
    [
      'CONFIG_A=m;',
      ['0-11 comment-after-value A: text follows the value; the kernel happens to read "m" => CONFIG_A=m (harmless)'],
    ],
    [
      'CONFIG_A=y/*c*/',
      ['0-15 comment-after-value A: text follows the value; the kernel happens to read "y" => CONFIG_A=y (harmless)'],
    ],
    ['CONFIG_A=5 x', ['0-12 comment-after-value A: text follows the number, so the kernel rejects it => CONFIG_A=5']],
    [
      'CONFIG_A=-5 # x',
      ['0-15 comment-after-value A: text follows the number, so the kernel rejects it => CONFIG_A=-5'],
    ],
    [
      'CONFIG_A=0x1f # x',
      ['0-17 comment-after-value A: text follows the number, so the kernel rejects it => CONFIG_A=0x1f'],
    ],
    [
      'CONFIG_A=0x1F;',
      ['0-14 comment-after-value A: text follows the number, so the kernel rejects it => CONFIG_A=0x1F'],
    ],
    [
      'CONFIG_A=y#c',
      ['0-12 comment-after-value A: text follows the value; the kernel happens to read "y" => CONFIG_A=y (harmless)'],
    ],
    [
      'CONFIG_A=Y # c',
      [
        '0-14 unquoted-string A: "Y # c" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A="Y # c"',
      ],
    ],
    [
      'CONFIG_A=yes # c',
      [
        '0-16 unquoted-string A: "yes # c" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A="yes # c"',
      ],
    ],
    ['CONFIG_A=5#c', ['0-12 comment-after-value A: text follows the number, so the kernel rejects it => CONFIG_A=5']],
    [
      'CONFIG_A=text',
      [
        '0-13 unquoted-string A: "text" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A="text"',
      ],
    ],
    [
      'CONFIG_A=a"b\\c',
      [
        '0-14 unquoted-string A: "a"b\\c" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A="a\\"b\\\\c"',
      ],
    ],
    [
      'CONFIG_A==y',
      ['0-11 value-spelling A: "=y" is not y, m or n: the kernel rejects it and the setting is lost => CONFIG_A=y'],
    ],
    [
      'CONFIG_A== n',
      [
        '0-12 value-spelling A: "= n" is not y, m or n: the kernel rejects it and the setting is lost => # CONFIG_A is not set',
      ],
    ],
    [
      'CONFIG_A==5',
      [
        '0-11 unquoted-string A: "=5" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A=5',
      ],
    ],
    [
      'CONFIG_A=="a b"',
      [
        '0-15 unquoted-string A: "="a b"" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A="a b"',
      ],
    ],
    [
      'CONFIG_A==a',
      [
        '0-11 unquoted-string A: "=a" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A="=a"',
      ],
    ],
    [
      'CONFIG_A=y2',
      [
        '0-11 unquoted-string A: "y2" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A="y2"',
      ],
    ],
    [
      'CONFIG_A=-',
      [
        '0-10 unquoted-string A: "-" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A="-"',
      ],
    ],
    [
      'CONFIG_A=0x',
      [
        '0-11 unquoted-string A: "0x" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A="0x"',
      ],
    ],
    [
      'CONFIG_A=5-',
      [
        '0-11 unquoted-string A: "5-" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A="5-"',
      ],
    ],
    [
      '#CONFIG_A is not set',
      ['0-20 not-set-spelling A: this comment does not turn CONFIG_A off => # CONFIG_A is not set'],
    ],
    [
      '# CONFIG_A is not set ',
      ['0-22 not-set-spelling A: this comment does not turn CONFIG_A off => # CONFIG_A is not set'],
    ],
    [
      '#\t CONFIG_A is not set',
      ['0-22 not-set-spelling A: this comment does not turn CONFIG_A off => # CONFIG_A is not set'],
    ],
    [
      '# CONFIG_A  is not set',
      ['0-22 not-set-spelling A: this comment does not turn CONFIG_A off => # CONFIG_A is not set'],
    ],
    [
      '# CONFIG_A not set',
      ['0-18 not-set-spelling A: this comment does not turn CONFIG_A off => # CONFIG_A is not set'],
    ],
    ['# CONFIG_A unset', ['0-16 not-set-spelling A: this comment does not turn CONFIG_A off => # CONFIG_A is not set']],
    [
      '# CONFIG_A disabled;',
      ['0-20 not-set-spelling A: this comment does not turn CONFIG_A off => # CONFIG_A is not set'],
    ],
    [
      '# CONFIG_A is disabled',
      ['0-22 not-set-spelling A: this comment does not turn CONFIG_A off => # CONFIG_A is not set'],
    ],
    [
      '# CONFIG_A IS NOT SET',
      ['0-21 not-set-spelling A: this comment does not turn CONFIG_A off => # CONFIG_A is not set'],
    ],
    [
      '# CONFIG_A is not set.',
      ['0-22 not-set-spelling A: this comment does not turn CONFIG_A off => # CONFIG_A is not set'],
    ],
    [
      '# CONFIG_A is not set!',
      ['0-22 not-set-spelling A: this comment does not turn CONFIG_A off => # CONFIG_A is not set'],
    ],
    [
      '# CONFIG_A is not set by me',
      ['0-27 not-set-spelling A: the text after "is not set" makes this line a comment => # CONFIG_A is not set'],
    ],
    [
      '# CONFIG_A is not set # it is broken on this board',
      ['0-50 not-set-spelling A: the text after "is not set" makes this line a comment => # CONFIG_A is not set'],
    ],
    [
      '# CONFIG_A is not set (it is broken on this board)',
      ['0-50 not-set-spelling A: the text after "is not set" makes this line a comment => # CONFIG_A is not set'],
    ],
    ['# CONFIG_A is not set in the base config, so turn it on here', []],
    ['# CONFIG_A is not settable', []],
    ['# CONFIG_A is nice', []],
    ['# CONFIG_A=y', ['0-12 commented-assignment A: CONFIG_A is set only in a comment']],
    [
      '# CONFIG_A = n',
      ['0-14 commented-assignment A: this comment does not turn CONFIG_A off => # CONFIG_A is not set'],
    ],
    ['# CONFIG_A=n', ['0-12 commented-assignment A: this comment does not turn CONFIG_A off => # CONFIG_A is not set']],
    ['#CONFIG_A=m', ['0-11 commented-assignment A: CONFIG_A is set only in a comment']],
    ['# CONFIG_A =5', ['0-13 commented-assignment A: CONFIG_A is set only in a comment']],
    ['# CONFIG_A=nn', ['0-13 commented-assignment A: CONFIG_A is set only in a comment']],
    ['## CONFIG_A=y', []],
    ['# x CONFIG_A=y', []],
    ['# CONFIG_A', []],
    ['# CONFIG_A, CONFIG_B', []],
    [
      '# CONFIG_A=y\r',
      [
        '0-12 commented-assignment A: CONFIG_A is set only in a comment',
        '12-13 carriage-return : 1 of 2 lines end in CR LF',
      ],
    ],
    ['CONFIG_LONG_1', ['0-13 unexpected-data LONG_1: CONFIG_LONG_1 is given no value']],
    [
      'CONFIG_LONG_1  is  not  set',
      [
        '0-27 not-set-spelling LONG_1: CONFIG_LONG_1 is not turned off without "# " in front => # CONFIG_LONG_1 is not set',
      ],
    ],
    ['# CONFIG_LONG_1=y', ['0-17 commented-assignment LONG_1: CONFIG_LONG_1 is set only in a comment']],
    [
      '# CONFIG_LONG_1  is  not  set',
      ['0-29 not-set-spelling LONG_1: this comment does not turn CONFIG_LONG_1 off => # CONFIG_LONG_1 is not set'],
    ],
    ['# x CONFIG_A is not set', []],
    [
      'CONFIG_A=yCONFIG_LONG_1=yes',
      ['0-27 glued-lines A: two settings stand on one line; CONFIG_LONG_1 is lost => CONFIG_A=y\nCONFIG_LONG_1=yes'],
    ],
    [
      'CONFIG_A=5   long comment',
      ['0-25 comment-after-value A: text follows the number, so the kernel rejects it => CONFIG_A=5'],
    ],
    [
      'CONFIG_A=x5 # c',
      [
        '0-15 unquoted-string A: "x5 # c" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A="x5 # c"',
      ],
    ],
    [
      'CONFIG_A=xy',
      [
        '0-11 unquoted-string A: "xy" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A="xy"',
      ],
    ],
    ['CONFIG_A="y"x', ['0-13 malformed-string A: the string ends at its second quote; "x" is lost => CONFIG_A="y"']],
    [
      'CONFIG_A=x"y"',
      [
        '0-13 unquoted-string A: "x"y"" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A="x\\"y\\""',
      ],
    ],
    [
      'CONFIG_A="a"CONFIG_LONG_1=yes',
      ['0-29 glued-lines A: two settings stand on one line; CONFIG_LONG_1 is lost => CONFIG_A="a"\nCONFIG_LONG_1=yes'],
    ],
    [
      'CONFIG_A="a"  \t# c',
      ['0-18 comment-after-value A: text follows the closing quote; the kernel drops it => CONFIG_A="a" (harmless)'],
    ],
    ['CONFIG_A="a"b', ['0-13 malformed-string A: the string ends at its second quote; "b" is lost => CONFIG_A="a"']],
    ['CONFIG_A="a""', ['0-13 malformed-string A: the string ends at its second quote; "\\"" is lost => CONFIG_A="a"']],
    [
      'CONFIG_A1B=maybe yes',
      [
        '0-20 unquoted-string A1B: "maybe yes" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A1B="maybe yes"',
      ],
    ],
    ['CONFIG_A is not set CONFIG_B', ['0-28 unexpected-data : this is neither a setting nor a comment']],
    ['xx CONFIG_A is not set', ['0-22 unexpected-data : this is neither a setting nor a comment']],
    ["# CONFIG_A isn't = y", []],
    ['# CONFIG_A= x', ['0-13 commented-assignment A: CONFIG_A is set only in a comment']],
    [
      'CONFIG_A=yes',
      ['0-12 value-spelling A: the kernel reads only the first letter of "yes" => CONFIG_A=y (harmless)'],
    ],
    [
      'CONFIG_A=true',
      ['0-13 value-spelling A: "true" is not y, m or n: the kernel rejects it and the setting is lost => CONFIG_A=y'],
    ],
    [
      'CONFIG_A=on',
      ['0-11 value-spelling A: "on" is not y, m or n: the kernel rejects it and the setting is lost => CONFIG_A=y'],
    ],
    [
      'CONFIG_A=enable',
      ['0-15 value-spelling A: "enable" is not y, m or n: the kernel rejects it and the setting is lost => CONFIG_A=y'],
    ],
    [
      'CONFIG_A=enabled',
      [
        '0-16 value-spelling A: "enabled" is not y, m or n: the kernel rejects it and the setting is lost => CONFIG_A=y',
      ],
    ],
    [
      'CONFIG_A=builtin',
      [
        '0-16 value-spelling A: "builtin" is not y, m or n: the kernel rejects it and the setting is lost => CONFIG_A=y',
      ],
    ],
    [
      'CONFIG_A=built-in',
      [
        '0-17 value-spelling A: "built-in" is not y, m or n: the kernel rejects it and the setting is lost => CONFIG_A=y',
      ],
    ],
    [
      'CONFIG_A=no',
      ['0-11 value-spelling A: the kernel reads only the first letter of "no" => # CONFIG_A is not set (harmless)'],
    ],
    [
      'CONFIG_A=false',
      [
        '0-14 value-spelling A: "false" is not y, m or n: the kernel rejects it and the setting is lost => # CONFIG_A is not set',
      ],
    ],
    [
      'CONFIG_A=off',
      [
        '0-12 value-spelling A: "off" is not y, m or n: the kernel rejects it and the setting is lost => # CONFIG_A is not set',
      ],
    ],
    [
      'CONFIG_A=disable',
      [
        '0-16 value-spelling A: "disable" is not y, m or n: the kernel rejects it and the setting is lost => # CONFIG_A is not set',
      ],
    ],
    [
      'CONFIG_A=disabled',
      [
        '0-17 value-spelling A: "disabled" is not y, m or n: the kernel rejects it and the setting is lost => # CONFIG_A is not set',
      ],
    ],
    [
      'CONFIG_A=none',
      ['0-13 value-spelling A: the kernel reads only the first letter of "none" => # CONFIG_A is not set (harmless)'],
    ],
    [
      'CONFIG_A=mod',
      ['0-12 value-spelling A: the kernel reads only the first letter of "mod" => CONFIG_A=m (harmless)'],
    ],
    [
      'CONFIG_A=module',
      ['0-15 value-spelling A: the kernel reads only the first letter of "module" => CONFIG_A=m (harmless)'],
    ],
    [
      'CONFIG_A=Y',
      ['0-10 value-spelling A: "Y" is not y, m or n: the kernel rejects it and the setting is lost => CONFIG_A=y'],
    ],
    [
      'CONFIG_A=M',
      ['0-10 value-spelling A: "M" is not y, m or n: the kernel rejects it and the setting is lost => CONFIG_A=m'],
    ],
    [
      'CONFIG_A=N',
      [
        '0-10 value-spelling A: "N" is not y, m or n: the kernel rejects it and the setting is lost => # CONFIG_A is not set',
      ],
    ],
    [
      'CONFIG_A=Yes',
      ['0-12 value-spelling A: "Yes" is not y, m or n: the kernel rejects it and the setting is lost => CONFIG_A=y'],
    ],
    [
      'CONFIG_A=NO',
      [
        '0-11 value-spelling A: "NO" is not y, m or n: the kernel rejects it and the setting is lost => # CONFIG_A is not set',
      ],
    ],
    [
      'CONFIG_A=Mod',
      ['0-12 value-spelling A: "Mod" is not y, m or n: the kernel rejects it and the setting is lost => CONFIG_A=m'],
    ],
    [
      'CONFIG_A=nope',
      [
        '0-13 unquoted-string A: "nope" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A="nope"',
      ],
    ],
    [
      'CONFIG_A=yesno',
      [
        '0-14 unquoted-string A: "yesno" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it => CONFIG_A="yesno"',
      ],
    ],
  ])('%j', (line, expected) => {
    expect(said(`${line}\nCONFIG_Z=y\n`)).toEqual(expected);
  });
});

describe('a file', () => {
  it.each<[string, readonly string[]]>([
    ['', ['0-0 fatal empty : the file is empty']],
    [
      'x\n',
      [
        '0-1 fatal not-a-config : no line sets a CONFIG_ symbol',
        '0-1 unexpected-data : this is neither a setting nor a comment',
      ],
    ],
    ['CONFIG_A=y', ['10-10 missing-final-newline : the last line has no newline at its end => \n']],
    ['\ufeffCONFIG_A=y\n', ['0-1 byte-order-mark : a byte order mark starts the file => ']],
    [
      'CONFIG_A=y\n# \u200b\ufeff\u202e\n',
      [
        '13-14 invisible-character : invisible character U+200B => ',
        '14-15 invisible-character : invisible character U+FEFF => ',
        '15-16 invisible-character : invisible character U+202E => ',
      ],
    ],
    ['# a\ufeff\nCONFIG_A=y\n', ['3-4 invisible-character : invisible character U+FEFF => ']],
    [
      '\ufeff',
      [
        '0-1 byte-order-mark : a byte order mark starts the file => ',
        '0-1 fatal not-a-config : no line sets a CONFIG_ symbol',
        '1-1 missing-final-newline : the last line has no newline at its end => \n',
      ],
    ],
    ['CONFIG_A=y\r\nCONFIG_B=y\r\n', ['10-11 carriage-return : every line ends in CR LF (harmless)']],
    ['CONFIG_A=y\r\nCONFIG_B=y\n', ['10-11 carriage-return : 1 of 2 lines end in CR LF']],
    ['\r\n', ['0-1 carriage-return : every line ends in CR LF (harmless)']],
    [
      'CONFIG_A=y\r\n# x',
      [
        '10-11 carriage-return : 1 of 2 lines end in CR LF',
        '15-15 missing-final-newline : the last line has no newline at its end => \n',
      ],
    ],
    [
      'CONFIG_A=y\n# \u0001\u001b\u007f\n',
      [
        '13-14 invisible-character : control character U+0001 => ',
        '14-15 invisible-character : control character U+001B => ',
        '15-16 invisible-character : control character U+007F => ',
      ],
    ],
    ['CONFIG_A=y\n# \u0000\n', ['13-14 fatal nul-byte : there is a NUL byte at offset 13']],
    [
      'C\u0000O\u0000N\u0000F\u0000I\u0000G\u0000=\u0000',
      [
        '0-1 fatal utf-16 : the text is UTF-16, which the kernel cannot read',
        '0-14 fatal not-a-config : no line sets a CONFIG_ symbol',
        '0-14 unexpected-data : this is neither a setting nor a comment',
        '14-14 missing-final-newline : the last line has no newline at its end => \n',
      ],
    ],
    [
      '\u0000C\u0000O\u0000N\u0000F\u0000I\u0000G\u0000=',
      [
        '0-1 fatal utf-16 : the text is UTF-16, which the kernel cannot read',
        '0-14 fatal not-a-config : no line sets a CONFIG_ symbol',
        '0-14 unexpected-data : this is neither a setting nor a comment',
        '14-14 missing-final-newline : the last line has no newline at its end => \n',
      ],
    ],
    [
      'one\ntwo\nthree\n',
      [
        '0-3 fatal not-a-config : no line sets a CONFIG_ symbol',
        '0-3 unexpected-data : this is neither a setting nor a comment',
        '4-7 unexpected-data : this is neither a setting nor a comment',
        '8-13 unexpected-data : this is neither a setting nor a comment',
      ],
    ],
    [
      'one\nconfig_x y\n',
      [
        '0-3 unexpected-data : this is neither a setting nor a comment',
        '4-14 unexpected-data : this is neither a setting nor a comment',
      ],
    ],
    [
      'one\ntwo\nCONFIG_A y\n',
      [
        '0-3 fatal not-a-config : no line sets a CONFIG_ symbol',
        '0-3 unexpected-data : this is neither a setting nor a comment',
        '4-7 unexpected-data : this is neither a setting nor a comment',
        '8-18 unexpected-data : this is neither a setting nor a comment',
      ],
    ],
    ['# one\n', []],
    ['  FOO_1=maybe\n', ['0-13 unexpected-data : this is neither a setting nor a comment']],
    [
      '\u00e4 = y\nA=b c\n',
      [
        '0-5 unexpected-data : this is neither a setting nor a comment',
        '6-11 unexpected-data : this is neither a setting nor a comment',
      ],
    ],
    [
      '#CONFIG_A=y\nprose here\nprose\n',
      [
        '0-11 fatal not-a-config : no line sets a CONFIG_ symbol',
        '0-11 commented-assignment A: CONFIG_A is set only in a comment',
        '12-22 unexpected-data : this is neither a setting nor a comment',
        '23-28 unexpected-data : this is neither a setting nor a comment',
      ],
    ],
    [
      'one\n foo=bar\n',
      [
        '0-3 unexpected-data : this is neither a setting nor a comment',
        '4-12 unexpected-data : this is neither a setting nor a comment',
      ],
    ],
    [
      'one\n 9foo=bar\n',
      [
        '0-3 fatal not-a-config : no line sets a CONFIG_ symbol',
        '0-3 unexpected-data : this is neither a setting nor a comment',
        '4-13 unexpected-data : this is neither a setting nor a comment',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(said(text)).toEqual(expected);
  });

  it('that is not UTF-8 says which byte is not', () => {
    const { problems } = parseConfig(createSource('x.config', '# \u00e9\nCONFIG_A=y\n', 'latin1'));
    expect(problems.map(({ code, message, location: { span } }) => [code, message, span])).toEqual([
      ['not-utf8', 'byte 0xe9 is not valid UTF-8', { start: 2, end: 3 }],
    ]);
  });
});

describe('a line that is too long', () => {
  it('is said where it starts', () => {
    const [problem] = parseConfigText(`CONFIG_A=y\n# ${'x'.repeat(limits.lineLength)}\n`).problems;
    expect(problem).toMatchObject({
      code: 'line-too-long',
      message: 'a line is longer than 65536 characters',
      location: { span: { start: 11, end: 12 } },
    });
  });
});

describe('complete or fragment', () => {
  const because = (text: string, kind: 'auto' | 'complete' | 'fragment' = 'auto') => {
    const document = parseConfigText(text, 'x', { kind });
    return `${document.kind}: ${document.kindBecause}`;
  };
  const many = (count: number, name: string) =>
    Array.from({ length: count }, (_, i) => `CONFIG_${name}${i}=y\n`).join('');
  const kconfigs = 'complete: it holds symbols that only Kconfig itself writes';
  const lacks = 'fragment: it lacks the symbols that Kconfig writes into every complete config';

  it('is told with the reason', () => {
    expect(because('# x\n')).toBe('fragment: it sets nothing');
    expect(because('# x\n', 'complete')).toBe('complete: --kind complete');
    expect(because(many(300, 'HAVE_X'), 'fragment')).toBe('fragment: --kind fragment');
    expect(because(many(59, 'HAVE_X'))).toBe(lacks);
    expect(because(many(60, 'HAVE_X'))).toBe(kconfigs);
    expect(because(many(300, 'OTHER'))).toBe(lacks);
    expect(because(`CONFIG_INIT_ENV_ARG_LIMIT=32\n${many(199, 'OTHER')}`)).toBe(kconfigs);
    expect(because(`CONFIG_INIT_ENV_ARG_LIMIT=32\n${many(198, 'OTHER')}`)).toBe(lacks);
  });
});

describe('where its kernel comes from', () => {
  it.each([
    ['.config', '- | - | - | - | - | -'],
    ['linux-6.6-rc3.config', '6006000 | 6.6-rc3 | - | - | file name | -'],
    ['linux-10.6-12-abc.config', '10006000 | 10.6-12 | - | - | file name | -'],
    ['x86', '- | - | - | - | - | -'],
    ['config-6.1.0-rc12-cloud', '6001000 | 6.1.0-rc12 | - | cloud | file name | -'],
    ['linux-5.10.0-28-my_one-6.config', '5010000 | 5.10.0-28 | - | - | file name | -'],
    ['config-6.1.0', '6001000 | 6.1.0 | - | - | file name | -'],
    ['config-6.1.0-13-amd64', '6001000 | 6.1.0-13 | x86_64 | amd64 | file name | file name'],
    ['boot/config-5.10.0-28-cloud-amd64', '5010000 | 5.10.0-28 | x86_64 | cloud-amd64 | file name | file name'],
    ['config-6.1.0-rc3-foo', '6001000 | 6.1.0-rc3 | - | foo | file name | -'],
    ['config-6.12+deb13-amd64', '6012000 | 6.12 | x86_64 | amd64 | file name | file name'],
    ['config-6.12~rc1-7-rt-arm64', '6012000 | 6.12 | arm64 | rt-arm64 | file name | file name'],
    ['linux-x86-5.10.77.config', '5010077 | 5.10.77 | - | - | file name | -'],
    ['x86_64/linux-5.10.config', '5010000 | 5.10 | x86_64 | - | file name | file name'],
    ['amd64/x86-5.10.config', '5010000 | 5.10 | - | - | file name | -'],
    ['arm64/x86.config', '- | - | - | - | - | -'],
    ['riscv64/kernel.config', '- | - | riscv | - | - | file name'],
    ['foo/kernel.config', '- | - | - | - | - | -'],
    ['kernel_v6.6.config', '6006000 | 6.6 | - | - | file name | -'],
    ['6.6', '6006000 | 6.6 | - | - | file name | -'],
    ['v6.6', '6006000 | 6.6 | - | - | file name | -'],
    ['a6.6.config', '- | - | - | - | - | -'],
    ['linux-6.6.1.2.config', '6006001 | 6.6.1 | - | - | file name | -'],
    ['linux-123.4.config', '- | - | - | - | - | -'],
    ['linux-6.1234.config', '- | - | - | - | - | -'],
    ['linux-6.6-rc10.config', '6006000 | 6.6-rc10 | - | - | file name | -'],
    ['linux-6.6-rc10x', '6006000 | 6.6 | - | - | file name | -'],
    ['linux-5.10.0-28-cloud-amd64.config', '5010000 | 5.10.0-28 | x86_64 | - | file name | file name'],
    ['linux-6.6x.config', '- | - | - | - | - | -'],
    ['config-6.1.0-', '6001000 | 6.1.0 | - | - | file name | -'],
    ['config-x-y', '- | - | - | - | - | -'],
    ['xconfig-6.1-a', '6001000 | 6.1 | - | - | file name | -'],
    ['config-6.1-5', '6001000 | 6.1-5 | - | 5 | file name | -'],
    ['config-6-rt', '- | - | - | rt | - | -'],
    ['i686.config', '- | - | i386 | - | - | file name'],
    ['my-AARCH64-x.config', '- | - | arm64 | - | - | file name'],
    ['linux_6.6~1', '6006000 | 6.6 | - | - | file name | -'],
    ['microvm-kernel-ci-x86_64-6.1.config', '6001000 | 6.1 | x86_64 | - | file name | file name'],
    ['a/x86_64', '- | - | x86_64 | - | - | file name'],
    ['x86_64/config', '- | - | x86_64 | - | - | file name'],
    ['x86_64/a.x86.config', '- | - | - | - | - | -'],
    ['x86_64/ax86.config', '- | - | x86_64 | - | - | file name'],
    ['x86_64/x86a.config', '- | - | x86_64 | - | - | file name'],
  ])('by the name %s: %s', (name, expected) => {
    expect(target('CONFIG_Q=y\n', name)).toBe(expected);
  });

  it.each([
    [
      '# Linux/x86 6.12.0 Kernel Configuration',
      '6012000 | 6.12.0 | - | - | header | -',
      '"# Linux/x86 6.12.0 Kernel Configuration"',
    ],
    [
      '#Linux/arm64  6.1.5-13-amd64\tKernel Configuration \t',
      '6001005 | 6.1.5-13-amd64 | arm64 | 13-amd64 | header | header',
      '"#Linux/arm64  6.1.5-13-amd64\\tKernel Configuration"',
    ],
    [
      '# Linux/x86_64 6.12 Kernel Configuration\r',
      '6012000 | 6.12 | x86_64 | - | header | header',
      '"# Linux/x86_64 6.12 Kernel Configuration"',
    ],
    ['# v6.6.1 Kernel Configuration', '6006001 | 6.6.1 | - | - | header | -', '"# v6.6.1 Kernel Configuration"'],
    ['# 6.6 Kernel Configuration', '6006000 | 6.6 | - | - | header | -', '"# 6.6 Kernel Configuration"'],
    ['# Linux v5.4 Kernel Configuration', '5004000 | 5.4 | - | - | header | -', '"# Linux v5.4 Kernel Configuration"'],
    [
      '# Linux kernel version: 2.6.32-5-foo',
      '2006032 | 2.6.32-5-foo | - | 5-foo | header | -',
      '"# Linux kernel version: 2.6.32-5-foo"',
    ],
    ['#  Linux  kernel version:2.6.9 \r', '2006009 | 2.6.9 | - | - | header | -', '"#  Linux  kernel version:2.6.9"'],
    ['# Linux/x86 Kernel Configuration', '- | - | - | - | - | -', undefined],
    ['x # Linux/x86 6.12.0 Kernel Configuration', '- | - | - | - | - | -', undefined],
    ['# Linux/x86 6.12.0 Kernel Configuration 2', '- | - | - | - | - | -', undefined],
    ['# Linux/x86 6 Kernel Configuration', '- | - | - | - | - | -', undefined],
    ['# Linux kernel version: 6', '- | - | - | - | - | -', undefined],
    ['# x Linux kernel version: 2.6.32', '- | - | - | - | - | -', undefined],
    [
      '# Linux/xtensa 10.12.0 Kernel Configuration',
      '10012000 | 10.12.0 | other | - | header | header',
      '"# Linux/xtensa 10.12.0 Kernel Configuration"',
    ],
    [
      '# Linux/um 6.1.0 Kernel Configuration',
      '6001000 | 6.1.0 | other | - | header | header',
      '"# Linux/um 6.1.0 Kernel Configuration"',
    ],
    [
      'CONFIG_X=y\n# Linux/arm 6.12.10-rc2-my-one Kernel Configuration',
      '6012010 | 6.12.10-rc2-my-one | arm | rc2-my-one | header | header',
      '"# Linux/arm 6.12.10-rc2-my-one Kernel Configuration"',
    ],
    [
      '# Linux/arm 6.12.10- Kernel Configuration',
      '6012010 | 6.12.10- | arm | - | header | header',
      '"# Linux/arm 6.12.10- Kernel Configuration"',
    ],
    [
      '# Linux/arm 6.12-a Kernel Configuration',
      '6012000 | 6.12-a | arm | a | header | header',
      '"# Linux/arm 6.12-a Kernel Configuration"',
    ],
    [
      '# Linux kernel version: 12.16.32',
      '12016032 | 12.16.32 | - | - | header | -',
      '"# Linux kernel version: 12.16.32"',
    ],
    ['x # Linux kernel version: 2.6.32', '- | - | - | - | - | -', undefined],
    ['# Linux kernel version: 2.6.32 x', '- | - | - | - | - | -', undefined],
    [
      '# Linux/x86 6.12  Kernel Configuration',
      '6012000 | 6.12 | - | - | header | -',
      '"# Linux/x86 6.12  Kernel Configuration"',
    ],
    [
      '# Linux/x86 16.12-abc-d Kernel Configuration',
      '16012000 | 16.12-abc-d | - | abc-d | header | -',
      '"# Linux/x86 16.12-abc-d Kernel Configuration"',
    ],
    ['# Linux/x86 x6.12-abc Kernel Configuration', '- | - | - | - | - | -', undefined],
  ])('by the header %j: %s', (line, expected, found) => {
    const text = `${line}\nCONFIG_Q=y\n`;
    expect(target(text)).toBe(expected);
    expect(header(text)).toBe(found);
  });

  it.each([
    ['X86_64', 'x86_64'],
    ['X86_32', 'i386'],
    ['ARM64', 'arm64'],
    ['ARM', 'arm'],
    ['RISCV', 'riscv'],
    ['PPC', 'powerpc'],
    ['S390', 's390'],
    ['MIPS', 'mips'],
    ['LOONGARCH', 'loongarch'],
  ])('by CONFIG_%s, over header and name', (symbol, arch) => {
    const text = (value: string) => `# Linux/um 6.1.0 Kernel Configuration\nCONFIG_${symbol}=${value}\n`;
    expect(target(text('y'), 'linux-i686-5.10.config')).toBe(
      `6001000 | 6.1.0 | ${arch} | - | header | CONFIG_${symbol}`,
    );
    expect(target(text('n'), 'linux-i686-5.10.config')).toBe('6001000 | 6.1.0 | other | - | header | header');
  });

  it('of User Mode Linux as no other, though it has the symbol of its machine', () => {
    expect(target('# Linux/um 6.1.0 Kernel Configuration\nCONFIG_X86_64=y\nCONFIG_UML=y\n')).toBe(
      '6001000 | 6.1.0 | other | - | header | CONFIG_UML',
    );
  });

  it('with the flavour of the name, of the release, or of the local version', () => {
    const text = (release: string) => `# Linux/x86 ${release} Kernel Configuration\nCONFIG_LOCALVERSION="-mine"\n`;
    const flavour = (release: string, name = '.config') => parseConfigText(text(release), name).target.flavour;
    expect(flavour('6.1.0-rt', 'config-6.1.0-cloud')).toBe('cloud');
    expect(flavour('6.1.0-rt')).toBe('rt');
    expect(flavour('6.1.0')).toBe('-mine');
    expect(parseConfigText('CONFIG_LOCALVERSION=""\n').target.flavour).toBeUndefined();
  });

  it('is nothing where nothing tells', () => {
    expect(Object.keys(parseConfigText('CONFIG_Q=y\n').target)).toEqual([]);
    expect(parseConfigText('CONFIG_Q=y\n').origin).toEqual({ name: {} });
    expect(factsOfName('')).toEqual({});
    const inImage = placedIn(createSource('vmlinuz-6.1.0-amd64', 'CONFIG_Q=y\n'), 'config');
    expect(parseConfig(inImage).target).toMatchObject({ release: '6.1.0', arch: 'x86_64' });
  });
});

describe('names of architectures', () => {
  it('are those that people use', () => {
    const known: Readonly<Record<string, string>> = {
      x86_64: 'x86_64 amd64 x64',
      i386: 'i386 i486 i586 i686',
      arm64: 'arm64 aarch64',
      arm: 'arm armhf armel armv7 armv7l',
      riscv: 'riscv riscv64',
      powerpc: 'powerpc ppc64 ppc64le ppc64el',
      s390: 's390 s390x',
      mips: 'mips mips64 mipsel mips64el',
      loongarch: 'loongarch loongarch64 loong64',
    };
    for (const [arch, names] of Object.entries(known)) {
      for (const name of names.split(' ')) expect(parseArch(name.toUpperCase()), name).toBe(arch);
    }
    expect(knownArchNames()).toEqual(Object.values(known).join(' ').split(' '));
    expect(parseArch('')).toBeUndefined();
  });
});

describe('a value', () => {
  it.each([
    ['y', 'y'],
    ['m', 'm'],
    ['n', 'not-set'],
    ['yes', 'y'],
    ['no', 'not-set'],
    ['mod', 'm'],
    ['module', 'm'],
    ['nope', 'nope'],
    ['yCONFIG_B=y', 'y'],
    ['yCONFIG_LONG=y', 'y'],
    ['ay', 'ay'],
    ['5-1', '5-1'],
    ['-', '-'],
    ['"a\\', 'a'],
    ['"ab\\c"', 'abc'],
    ['nCONFIG_B', 'not-set'],
    ['y-1', 'y-1'],
    ['n.5', 'n.5'],
    ['modx', 'modx'],
    ['"a"', 'a'],
    ['"a" b', 'a'],
    ['"a\\"b"', 'a"b'],
    ['"a\\\\"', 'a\\'],
    ['"a', 'a'],
    ['"a\\', 'a'],
    ['"a\\"', 'a"'],
    ['""', ''],
    ['"\\n"', 'not-set'],
    ['12', '12'],
    ['-1', '-1'],
    ['0x1F', '0x1F'],
    ['text', 'text'],
    ['xy', 'xy'],
    ['"y"', 'y'],
  ])('%s is read as %s', (written, expected) => {
    expect(value(written)).toBe(expected);
  });

  it.each([
    ['0', '0'],
    ['12', '12'],
    ['-1', '-1'],
    ['-0x1', 'undefined'],
    ['0x1F', '31'],
    ['0X1f', '31'],
    ['0x', 'undefined'],
    ['1-', 'undefined'],
    ['--1', 'undefined'],
    ['', 'undefined'],
    ['18446744073709551616', '18446744073709551616'],
    ['x1', 'undefined'],
    ['1x', 'undefined'],
    ['0x1g', 'undefined'],
  ])('%j is the number %s', (text, expected) => {
    expect(String(numberOf(text))).toBe(expected);
    expect(isNumber(text)).toBe(expected !== 'undefined');
  });
});

describe('settings', () => {
  const text =
    'CONFIG_A=y\n# CONFIG_B is not set\n\n# c\nCONFIG_A=m\njunk\nCONFIG_S="n"\nCONFIG_T="a b"\nCONFIG_N=n\nCONFIG_I=5\nCONFIG_A=5';
  const document = parseConfigText(text);

  it('count by the last line of each symbol', () => {
    expect([...effectiveValues(document)]).toEqual([
      ['A', '5'],
      ['B', 'n'],
      ['S', 'n'],
      ['T', 'a b'],
      ['N', 'n'],
      ['I', '5'],
    ]);
    expect(
      [...effectiveSettings(document).values()].map((each) => (each.kind === 'set' ? each.value : each.kind)),
    ).toEqual(['5', 'not-set', 'not-set', 'a b', 'not-set', '5']);
    expect([...repeatedRows(document)]).toEqual([
      [0, 2],
      [2, 7],
    ]);
    expect([...settingsOf(document)].map((_, row) => writtenValueAt(document, row))).toEqual([
      'y',
      'is not set',
      'm',
      '"n"',
      '"a b"',
      'n',
      '5',
      '5',
    ]);
  });

  it('stand among lines of other kinds', () => {
    expect([...linesOf(document)].map(({ kind, span }) => `${kind} ${text.slice(span.start, span.end)}`)).toEqual([
      'setting CONFIG_A=y',
      'setting # CONFIG_B is not set',
      'blank ',
      'comment # c',
      'setting CONFIG_A=m',
      'malformed junk',
      'setting CONFIG_S="n"',
      'setting CONFIG_T="a b"',
      'setting CONFIG_N=n',
      'setting CONFIG_I=5',
      'setting CONFIG_A=5',
    ]);
  });
});

describe('edits', () => {
  const edited = (text: string, ...changes: readonly (readonly [string, string])[]) => {
    const document = parseConfigText(text);
    return applyEdits(
      document.source,
      editsFor(
        document,
        changes.map(([symbol, line]) => ({ symbol, line })),
      ),
    );
  };

  it.each<[string, readonly (readonly [string, string])[], string]>([
    ['CONFIG_A=y\n', [['A', 'CONFIG_A=m']], 'CONFIG_A=m\n'],
    ['CONFIG_A=y\nCONFIG_B=y\n', [['A', '']], 'CONFIG_B=y\n'],
    ['CONFIG_A=y\nCONFIG_B=y', [['B', '']], 'CONFIG_A=y\n'],
    ['CONFIG_A=y\n', [['C', '']], 'CONFIG_A=y\n'],
    [
      'CONFIG_A=y\n',
      [
        ['C', 'CONFIG_C=y'],
        ['D', 'CONFIG_D=y'],
      ],
      'CONFIG_A=y\nCONFIG_C=y\nCONFIG_D=y\n',
    ],
    ['CONFIG_A=y', [['C', 'CONFIG_C=y']], 'CONFIG_A=y\nCONFIG_C=y\n'],
    ['CONFIG_A=y\r\n', [['C', 'CONFIG_C=y']], 'CONFIG_A=y\r\nCONFIG_C=y\r\n'],
    ['CONFIG_A=y\r\n# x', [['C', 'CONFIG_C=y']], 'CONFIG_A=y\r\n# x\r\nCONFIG_C=y\r\n'],
    ['', [['C', 'CONFIG_C=y']], 'CONFIG_C=y\n'],
    ['CONFIG_A=y\nCONFIG_B=y\nCONFIG_A=n\n', [['A', 'CONFIG_A=m']], 'CONFIG_A=y\nCONFIG_B=y\nCONFIG_A=m\n'],
    [
      'CONFIG_A=y\n# x\nCONFIG_B=y\n',
      [
        ['B', '# CONFIG_B is not set'],
        ['C', 'CONFIG_C=y'],
        ['A', ''],
      ],
      '# x\n# CONFIG_B is not set\nCONFIG_C=y\n',
    ],
  ])('of %j by %j', (text, changes, expected) => {
    expect(edited(text, ...changes)).toBe(expected);
  });

  it('are in the order of their places', () => {
    const document = parseConfigText('CONFIG_A=y\nCONFIG_B=y\n');
    const edits = editsFor(document, [
      { symbol: 'B', line: 'CONFIG_B=m' },
      { symbol: 'A', line: 'CONFIG_A=m' },
    ]);
    expect(edits.map(({ newText }) => newText)).toEqual(['CONFIG_A=m', 'CONFIG_B=m']);
  });

  it('that overlap give way to the first', () => {
    const source = createSource('x', 'abcdef');
    const edit = (start: number, end: number, newText: string) => ({
      location: { source, span: { start, end } },
      newText,
    });
    expect(applyEdits(source, [edit(2, 4, 'X'), edit(0, 3, 'Y'), edit(4, 4, 'Z')])).toBe('YdZef');
    expect(applyEdits(source, [edit(3, 4, 'X'), edit(0, 3, 'Y')])).toBe('YXef');
    expect(applyEdits(source, [])).toBe('abcdef');
  });
});

describe('a text under another name', () => {
  it('is the same text', () => {
    const source = createSource('a', 'text');
    expect(source.encoding).toBe('utf-8');
    expect({ ...placedIn(source, 'b') }).toMatchObject({
      path: 'a!b',
      container: 'a',
      encoding: 'utf-8',
      text: 'text',
    });
    expect(renamed(placedIn(source, 'b'), 'c')).toMatchObject({ path: 'c', container: 'a', codes: source.codes });
    expect(renamed(source, 'c').container).toBeUndefined();
  });
});

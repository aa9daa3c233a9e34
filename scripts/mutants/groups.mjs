/** What is mutated, and the tests that concern it: only those run for a mutant, so that most take a fraction of a second. */

/** Of a hundred mutants, this many must be noticed. */
export const goal = 85;

export const groups = [
  {
    name: 'escapers',
    files: [
      'src/invisible.ts',
      'src/reporters/xml.ts',
      'src/reporters/github.ts',
      'src/reporters/markdown.ts',
      'src/action/annotations.ts',
    ],
    tests: ['test/words.test.ts', 'test/reporters/escaping.test.ts'],
  },
  {
    name: 'config',
    files: [
      'src/config/classify.ts',
      'src/config/document.ts',
      'src/config/edits.ts',
      'src/config/kind.ts',
      'src/config/origin.ts',
      'src/config/problem.ts',
      'src/config/value.ts',
      'src/source.ts',
      'src/target.ts',
    ],
    tests: [
      'test/config/corners.test.ts',
      'test/config/reading.test.ts',
      'test/config/target.test.ts',
      'test/config/words.test.ts',
      'test/words.test.ts',
    ],
    without: ['of what passes a limit'],
  },
  {
    name: 'scan',
    files: ['src/config/scan.ts', 'src/config/fast-scan.ts'],
    tests: [
      'test/config/lines.test.ts',
      'test/config/corners.test.ts',
      'test/config/reading.test.ts',
      'test/config/scanning.test.ts',
      'test/config/first-scan.test.ts',
      'test/config/machine.test.ts',
      'test/config/no-machine.test.ts',
    ],
    without: [
      'leaves to it what is rare',
      'of what passes a limit',
      'and in every fixture',
      'as fast as in others',
      'and grows',
      'are some hundreds',
      'without where it',
    ],
  },
  {
    name: 'verdicts',
    files: [
      'src/profiles/condition.ts',
      'src/profiles/condition-words.ts',
      'src/profiles/evaluate.ts',
      'src/profiles/judge.ts',
      'src/profiles/specialise.ts',
    ],
    tests: [
      'test/profiles/conditions.test.ts',
      'test/profiles/words.test.ts',
      'test/profiles/specialise.test.ts',
      'test/profiles/between.test.ts',
    ],
    without: ['what older kernels have no switch for'],
  },
  {
    name: 'fix',
    files: ['src/fix/changes.ts', 'src/fix/forms.ts', 'src/fix/obstacle.ts', 'src/fix/propose.ts'],
    tests: [
      'test/fix/forms.test.ts',
      'test/fix/propose.test.ts',
      'test/fix/changes.test.ts',
      'test/fix/obstacle.test.ts',
    ],
  },
  {
    name: 'yaml',
    files: ['src/profiles/yaml.ts'],
    tests: ['test/profiles/loading.test.ts', 'test/profiles/yaml.test.ts'],
    without: ['the built-in rules', 'a stream of documents > may be as large as the limits allow'],
  },
  {
    name: 'accepted',
    files: ['src/waivers/apply.ts', 'src/waivers/inline.ts', 'src/waivers/waiver.ts', 'src/project/baseline.ts'],
    tests: ['test/waivers/waivers.test.ts', 'test/project/baseline.test.ts'],
  },
  {
    name: 'kconfig',
    files: [
      'src/kconfig/cursor.ts',
      'src/kconfig/lexer.ts',
      'src/kconfig/macro.ts',
      'src/kconfig/parser.ts',
      'src/kconfig/expression.ts',
      'src/kconfig/simplify.ts',
      'src/kconfig/value.ts',
      'src/kconfig/evaluate.ts',
    ],
    tests: [
      'test/kconfig/language.test.ts',
      'test/kconfig/values.test.ts',
      'test/kconfig/comparing.test.ts',
      'test/kconfig/grammar.test.ts',
      'test/kconfig/corners.test.ts',
      'test/kconfig/conditions.test.ts',
      'test/kconfig/conf-answers.test.ts',
    ],
    without: ['language.test.ts > limits', 'trees from seed 1', 'trees from seed 2'],
  },
];

/** More tests that reach the same code, too slow to run for each mutant. */
export const slowTests = ['test/lint.test.ts', 'test/kconfig/stack.test.ts', 'test/kconfig/possible.test.ts'];

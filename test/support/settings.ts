/** Lines of a config that make a condition come out as wanted. */
import { Accept, type Condition } from '../../src/profiles/condition.ts';

/** Settings that make a condition hold, or not; `pick` chooses among alternatives. */
export function settingsFor(condition: Condition | undefined, want: boolean, pick: number): string[] {
  switch (condition?.kind) {
    case 'symbol': {
      const { symbol, accept, values } = condition;
      const set = (value: string) => [value === 'n' ? `# CONFIG_${symbol} is not set` : `CONFIG_${symbol}=${value}`];
      if (!want) return set((accept & Accept.n) === 0 ? 'n' : (accept & Accept.y) === 0 ? 'y' : 'm');
      if (accept !== 0) return set((accept & Accept.y) !== 0 ? 'y' : (accept & Accept.m) !== 0 ? 'm' : 'n');
      const [{ test = '', value = '' } = {}] = values;
      return set(test === 'includes' || !/^\d/.test(value) ? `"${value}"` : value);
    }
    case 'not':
      return settingsFor(condition.of, !want, pick);
    case 'all':
    case 'any': {
      if ((condition.kind === 'all') === want) return condition.of.flatMap((each) => settingsFor(each, want, pick));
      const choices = condition.of.filter((each) => settingsFor(each, want, pick).length > 0);
      return choices.length === 0 ? [] : settingsFor(choices[pick % choices.length], want, pick);
    }
    default:
      return [];
  }
}

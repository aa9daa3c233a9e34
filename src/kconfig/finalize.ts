/**
 * Settles a draft: dependencies reach from menus, ifs and choices down to what stands in them, selects and implies reach their
 * targets, and entries that depend on the one above become its submenu. Follows scripts/kconfig/menu.c.
 */
import type { Dialect } from './dialect.ts';
import { append, type Draft, type DraftSymbol, type Entry, isChoice, type Property } from './draft.ts';
import { dependsOn, type Expression, mentions, mentionsNegated, none, Op } from './expression.ts';
import { type KconfigProblem, type KconfigProblemCode, problemAt, spanOfLine } from './problem.ts';
import { createSimplifier } from './simplify.ts';
import { mod, SymbolFlag, SymbolType, yes } from './symbol.ts';
import { isValidNumber } from './value.ts';

/** Submenus within one another. */
const maximumSubmenus = 1000;

/** Thrown where menus are nested beyond all sense. */
export class MenusTooDeep extends Error {}

/** Settles `draft` in place and says what is doubtful about it. */
export function finalize(draft: Draft, dialect: Dialect): KconfigProblem[] {
  const { symbols, expressions: x } = draft;
  const problems: KconfigProblem[] = [];
  const simplifier = createSimplifier({
    expressions: x,
    typeOf: (symbol) => (symbols[symbol] as DraftSymbol).type,
    isConstant: (symbol) => ((symbols[symbol] as DraftSymbol).flags & SymbolFlag.constant) !== 0,
    keepsParts: dialect.keepsParts,
  });
  const classic = dialect.choices === 'classic';

  const symbolOf = (entry: Entry): DraftSymbol | undefined => symbols[entry.symbol];

  /** The condition in its simplest form, under what the entry around it asks for. */
  function settle(outer: Expression, condition: Expression): Expression {
    const own = simplifier.transform(simplifier.guardModules(condition, draft.modules));
    return simplifier.withoutDuplicates(x.and(outer, own));
  }

  function ownProperties(entry: Entry): readonly Property[] {
    const symbol = symbolOf(entry);
    if (symbol === undefined) return entry.prompt === undefined ? [] : [entry.prompt];
    return symbol.entries.length === 1 ? symbol.properties : symbol.properties.filter((each) => each.entry === entry);
  }

  function settleChildren(parent: Entry, outer: Expression): void {
    for (let child = parent.firstChild; child !== undefined; child = child.next) {
      child.dependency = settle(outer, child.dependency);
      for (const property of ownProperties(child)) {
        property.condition = settle(child.dependency, property.condition);
        if (property.kind !== 'select' && property.kind !== 'imply') continue;
        const target = symbols[property.value] as DraftSymbol;
        const reverse = { by: child.symbol, condition: property.condition };
        if (property.kind === 'select') target.selectedBy = append(target.selectedBy, reverse);
        else target.impliedBy = append(target.impliedBy, reverse);
      }
    }
  }

  /** Makes the entries that follow `entry` and depend on its symbol the children of `entry`. */
  function gatherSubmenu(entry: Entry, depth: number): void {
    const own = entry.symbol;
    const base = simplifier.isNotN(entry.prompt?.condition ?? none);
    let last: Entry | undefined;
    for (let next = entry.next; next !== undefined; next = next.next) {
      const dependency = next.prompt === undefined ? next.dependency : next.prompt.condition;
      if (!mentions(x, dependency, own)) break;
      if (!dependsOn(x, dependency, own)) {
        if (dialect.negationEndsSubmenu && mentionsNegated(x, dependency, own)) break;
        if (!simplifier.isSuperset(dependency, base)) break;
      }
      settleTree(next, false, depth + 1);
      next.parent = entry;
      last = next;
    }
    if (last === undefined) return;
    entry.firstChild = entry.next;
    entry.next = last.next;
    last.next = undefined;
  }

  /** Lifts the children of ifs and of entries without a prompt to the level of those. */
  function flatten(child: Entry, parent: Entry): void {
    if (child.firstChild === undefined || child.prompt !== undefined) return;
    let last = child.firstChild;
    for (;;) {
      last.parent = parent;
      if (last.next === undefined) break;
      last = last.next;
    }
    last.next = child.next;
    child.next = child.firstChild;
    child.firstChild = undefined;
  }

  function settleTree(parent: Entry, insideChoice: boolean, depth: number): void {
    if (depth > maximumSubmenus) throw new MenusTooDeep(`menus nested deeper than ${maximumSubmenus}`);
    const symbol = symbolOf(parent);
    const choice = symbol !== undefined && isChoice(symbol);
    if (parent.firstChild !== undefined) {
      if (classic && choice) settleTypes(parent, symbol);
      settleChildren(parent, classic && choice ? x.symbol(parent.symbol) : parent.dependency);
      for (let child: Entry | undefined = parent.firstChild; child !== undefined; child = child.next) {
        settleTree(child, choice, depth + 1);
      }
    } else if (symbol !== undefined && (classic || !insideChoice)) {
      gatherSubmenu(parent, depth);
      symbol.dependency = x.or(symbol.dependency, parent.dependency);
    }
    for (let child: Entry | undefined = parent.firstChild; child !== undefined; child = child.next) {
      if (classic && choice) addMember(parent, symbol, child);
      flatten(child, parent);
    }
    if (symbol !== undefined && !symbol.warned) {
      if (symbol.type === SymbolType.unknown) warn(parent, 'no-type', 'config symbol defined without type');
      checkProperties(symbol);
      symbol.warned = true;
    }
    // A choice that is visible and not optional cannot be off, which classic Kconfig says with a select by "m".
    if (classic && choice && (symbol.flags & SymbolFlag.optional) === 0 && parent.prompt !== undefined) {
      symbol.selectedBy = append(symbol.selectedBy, { by: mod, condition: parent.prompt.condition });
    }
  }

  /** Classic choices and their members take the type from one another. */
  function settleTypes(parent: Entry, choice: DraftSymbol): void {
    const members: DraftSymbol[] = [];
    for (let child = parent.firstChild; child !== undefined; child = child.next) {
      const member = symbolOf(child);
      if (member !== undefined) members.push(member);
    }
    if (choice.type === SymbolType.unknown) {
      choice.type = members.find((each) => each.type !== SymbolType.unknown)?.type ?? SymbolType.unknown;
    }
    for (const member of members) if (member.type === SymbolType.unknown) member.type = choice.type;
  }

  function addMember(parent: Entry, choice: DraftSymbol, child: Entry): void {
    const member = symbolOf(child);
    if (member === undefined || memberships.has(member)) return;
    memberships.add(member);
    choice.members = append(choice.members, child.symbol);
    if (child.prompt === undefined) warn(child, 'choice-member-without-prompt', 'choice value must have a prompt');
    for (const property of member.properties) {
      if (property.kind === 'default') {
        warn(property, 'choice-member-with-default', 'defaults for choice values not supported');
      }
      if (property.entry !== child && property.kind === 'prompt' && property.entry.parent?.symbol !== parent.symbol) {
        warn(property, 'choice-member-elsewhere', 'choice value used outside its choice group');
      }
    }
    if (choice.type !== SymbolType.tristate || member.type === SymbolType.tristate) return;
    const isYes = x.compare(Op.equal, parent.symbol, yes);
    child.dependency = x.and(isYes, child.dependency);
    for (const property of ownProperties(child)) property.condition = x.and(isYes, property.condition);
  }

  const memberships = new Set<DraftSymbol>();
  let asked: { readonly choice: DraftSymbol; readonly members: ReadonlySet<number> } | undefined;

  function warn({ file, line }: Entry | Property, code: KconfigProblemCode, message: string): void {
    problems.push(problemAt(file, spanOfLine(file, line), code, message, 'warning'));
  }

  const isNumeric = (type: SymbolType): boolean => type === SymbolType.int || type === SymbolType.hex;
  const isLogic = (type: SymbolType): boolean => type === SymbolType.bool || type === SymbolType.tristate;

  function isNumberFor(symbol: DraftSymbol, other: DraftSymbol): boolean {
    if (other.flags & SymbolFlag.answer) return true;
    return isNumeric(other.type) || (other.type === SymbolType.unknown && isValidNumber(symbol.type, other.name));
  }

  function checkProperties(symbol: DraftSymbol): void {
    for (const property of symbol.properties) {
      const { kind, value } = property;
      if (kind === 'default') checkDefault(symbol, property);
      else if (kind === 'select' || kind === 'imply') {
        const target = symbols[value] as DraftSymbol;
        if (!isLogic(symbol.type)) {
          warn(property, 'wrong-type', `'${symbol.name}' uses ${kind}, but is not bool or tristate`);
        } else if (target.type !== SymbolType.unknown && !isLogic(target.type)) {
          warn(property, 'wrong-type', `'${target.name}' has wrong type: ${kind} takes bool and tristate only`);
        }
      } else if (kind === 'range') {
        if (!isNumeric(symbol.type)) warn(property, 'wrong-type', 'range is only allowed for int or hex symbols');
        const bounds = [symbols[value] as DraftSymbol, symbols[property.upper] as DraftSymbol];
        if (!bounds.every((bound) => isNumberFor(symbol, bound))) warn(property, 'invalid-number', 'range is invalid');
      }
    }
  }

  /** For the choice that is looked at: each of its defaults asks. */
  function membersOf(choice: DraftSymbol): ReadonlySet<number> {
    if (asked?.choice !== choice) asked = { choice, members: new Set(choice.members) };
    return asked.members;
  }

  function checkDefault(symbol: DraftSymbol, property: Property): void {
    const { value } = property;
    const single = x.op[value] === Op.symbol ? symbols[x.left[value] as number] : undefined;
    if (single === undefined) {
      if (isNumeric(symbol.type) || symbol.type === SymbolType.string) {
        warn(property, 'wrong-type', `default for config symbol '${symbol.name}' must be a single symbol`);
      }
      return;
    }
    if (isNumeric(symbol.type) && !isNumberFor(symbol, single)) {
      warn(property, 'invalid-number', `'${symbol.name}': number is invalid`);
    }
    if (isChoice(symbol) && !membersOf(symbol).has(x.left[value] as number)) {
      warn(property, 'default-not-in-choice', `choice default symbol '${single.name}' is not contained in the choice`);
    }
  }

  settleTree(draft.root, false, 0);
  return problems;
}

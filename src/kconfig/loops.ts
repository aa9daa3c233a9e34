/** Finds symbols that depend on themselves, which the kernel refuses, without recursion on the length of the chain. */
import type { Dialect } from './dialect.ts';
import { choiceOf, type Draft, type DraftSymbol, isChoice } from './draft.ts';
import { type Expression, Op } from './expression.ts';
import { type KconfigProblem, problemAt, spanOfLine } from './problem.ts';

interface Link {
  readonly to: number;
  readonly how: string;
  /** The member of a choice whose property this is; the choice itself otherwise. */
  readonly from: number;
}

interface Frame {
  readonly node: number;
  readonly links: readonly Link[];
  position: number;
}

const unseen = 0;
const active = 1;
const done = 2;

/** One problem for each circle. */
export function findLoops(draft: Draft, dialect: Dialect): KconfigProblem[] {
  const { symbols, expressions: x } = draft;
  const problems: KconfigProblem[] = [];
  const states = new Uint8Array(symbols.length + x.length);
  const nodes = new Int32Array(symbols.length);
  const membersOf = new Map<number, number[]>();
  for (let i = 0; i < symbols.length; i++) nodes[i] = i;
  symbols.forEach((symbol, index) => {
    if (isChoice(symbol)) membersOf.set(index, dialect.choices === 'classic' ? symbol.members : []);
  });
  if (dialect.choices === 'reworked') {
    symbols.forEach((symbol, id) => {
      if (symbol.entries.length > 0) membersOf.get(choiceOf(draft, id)?.symbol ?? -1)?.push(id);
    });
  }
  for (const [choice, members] of membersOf) for (const member of members) nodes[member] = choice;

  /** Symbols that an expression names, appended to `edges`. */
  function pushSymbols(e: Expression): void {
    if (e === 0) return;
    const op = x.op[e];
    const l = x.left[e] as number;
    if (op === Op.and || op === Op.or) {
      pushSymbols(l);
      pushSymbols(x.right[e] as number);
    } else if (op === Op.not) pushSymbols(l);
    else {
      edges.push(nodes[l] as number);
      if (op !== Op.symbol) edges.push(nodes[x.right[e] as number] as number);
    }
  }

  const edges: number[] = [];

  /** Junctions are nodes of their own, after the symbols: conditions share most of theirs with those around them. */
  function pushCondition(e: Expression): void {
    if (x.op[e] === Op.and || x.op[e] === Op.or) edges.push(symbols.length + e);
    else pushSymbols(e);
  }

  /** Nodes that a symbol leads to, appended to `edges`; `push` appends those of an expression. */
  function pushEdges(id: number, push: (e: Expression) => void): void {
    const symbol = symbols[id] as DraftSymbol;
    push(symbol.dependency);
    for (const { by, condition } of symbol.selectedBy) {
      edges.push(nodes[by] as number);
      push(condition);
    }
    for (const { by, condition } of symbol.impliedBy) {
      edges.push(nodes[by] as number);
      push(condition);
    }
    for (const { kind, condition, value } of symbol.properties) {
      if (kind === 'select' || kind === 'imply') continue;
      push(condition);
      if (kind === 'default' && !isChoice(symbol)) push(value);
    }
  }

  /** Whether there is any circle at all; choices, which speak for their members, are left to the thorough search. */
  function hasCircle(): boolean {
    const frames: number[] = [];
    for (let start = 0; start < symbols.length; start++) {
      if (states[nodes[start] as number] !== unseen) continue;
      let node = nodes[start] as number;
      let from = enter(node);
      for (;;) {
        if (edges.length === from) {
          states[node] = done;
          if (frames.length === 0) break;
          from = frames.pop() as number;
          node = frames.pop() as number;
          continue;
        }
        const next = edges.pop() as number;
        // Members of a choice name it as a matter of course; what they name of each other, the thorough search tells.
        if (next === node && membersOf.has(node)) continue;
        if (states[next] === active) return true;
        if (states[next] !== unseen) continue;
        frames.push(node, from);
        node = next;
        from = enter(node);
      }
    }
    return false;
  }

  function enter(node: number): number {
    const from = edges.length;
    states[node] = active;
    const members = membersOf.get(node);
    if (node >= symbols.length) {
      pushCondition(x.left[node - symbols.length] as number);
      pushCondition(x.right[node - symbols.length] as number);
    } else if (members === undefined) pushEdges(node, pushCondition);
    else {
      // What leads from a choice to itself is told from what leads there through another.
      pushEdges(node, pushSymbols);
      for (const member of members) pushEdges(member, pushSymbols);
    }
    return from;
  }

  /** What is done with leads to no circle any more. */
  function addLink(links: Link[], to: number, how: string, from: number): void {
    if (states[nodes[to] as number] !== done) links.push({ to, how, from });
  }

  function addLinks(links: Link[], from: number, e: Expression, how: string): void {
    const stack = [e];
    for (let each = stack.pop(); each !== undefined; each = stack.pop()) {
      const op = x.op[each];
      const left = x.left[each] as number;
      const right = x.right[each] as number;
      if (op === Op.and || op === Op.or) stack.push(right, left);
      else if (op === Op.not) stack.push(left);
      else if (each !== 0) {
        addLink(links, left, how, from);
        if (op !== Op.symbol) addLink(links, right, how, from);
      }
    }
  }

  function linksOfSymbol(links: Link[], id: number): void {
    const symbol = symbols[id] as DraftSymbol;
    addLinks(links, id, symbol.dependency, 'depends on');
    for (const [list, how] of [
      [symbol.selectedBy, 'is selected by'],
      [symbol.impliedBy, 'is implied by'],
    ] as const) {
      for (const { by, condition } of list) {
        links.push({ to: by, how, from: id });
        addLinks(links, id, condition, how);
      }
    }
    for (const { kind, condition, value } of symbol.properties) {
      if (kind === 'select' || kind === 'imply') continue;
      addLinks(links, id, condition, `${kind} is visible depending on`);
      if (kind === 'default' && !isChoice(symbol)) addLinks(links, id, value, 'default value contains');
    }
  }

  /** Links of a node; a choice speaks for its members, which refer to it as a matter of course. */
  function linksOf(node: number): Link[] {
    const links: Link[] = [];
    linksOfSymbol(links, node);
    for (const member of membersOf.get(node) ?? []) {
      const own: Link[] = [];
      linksOfSymbol(own, member);
      for (const link of own) if (link.to !== node) links.push(link);
    }
    return links;
  }

  /** True where a choice or a member of one names a member, which only the thorough search judges rightly. */
  function choicesNameThemselves(): boolean {
    for (const choice of membersOf.keys()) {
      for (const { from, to } of linksOf(choice))
        if (nodes[to] === choice && (to !== choice || from === choice)) return true;
    }
    return false;
  }

  const nameOf = (id: number): string => symbols[id]?.name || '<choice>';

  function reportLoop(stack: readonly Frame[], node: number): void {
    const from = stack.findIndex((frame) => frame.node === node);
    const circle = stack.slice(from).map((frame) => frame.links[frame.position - 1] as Link);
    const steps = circle.map((link) => `${nameOf(link.from)} ${link.how} ${nameOf(link.to)}`);
    const entry = symbols[circle[0]?.from ?? node]?.entries[0] ?? draft.root;
    const message = `recursive dependency: ${steps.join(', ')}`;
    problems.push(problemAt(entry.file, spanOfLine(entry.file, entry.line), 'recursive-dependency', message));
  }

  function search(start: number): void {
    const stack: Frame[] = [{ node: start, links: linksOf(start), position: 0 }];
    states[start] = active;
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const link = top.links[top.position++];
      if (link === undefined) {
        states[top.node] = done;
        stack.pop();
        continue;
      }
      const node = nodes[link.to] as number;
      if (states[node] === active) {
        reportLoop(stack, node);
        for (const frame of stack) states[frame.node] = done;
        return;
      }
      if (states[node] === unseen) {
        states[node] = active;
        stack.push({ node, links: linksOf(node), position: 0 });
      }
    }
  }

  if (!choicesNameThemselves() && !hasCircle()) return problems;
  states.fill(unseen);
  for (let i = 0; i < symbols.length; i++) if (states[nodes[i] as number] === unseen) search(nodes[i] as number);
  return problems;
}

import { oneLine } from '../one-line.ts'

/** A text with more texts below it. */
export type Tree = { readonly text: string; readonly below: readonly Tree[] }

/** A tree without anything below. */
export function leaf(text: string): Tree {
  return { text, below: [] }
}

/** The lines of a tree, with what lies below drawn below; each text is one line, whatever it holds. */
export function treeLines({ text, below }: Tree): string[] {
  return [oneLine(text), ...below.flatMap((tree, index) => branchLines(tree, index === below.length - 1))]
}

function branchLines(tree: Tree, isLast: boolean): string[] {
  const [first = '', ...rest] = treeLines(tree)
  return [`${isLast ? '└─ ' : '├─ '}${first}`, ...rest.map((line) => `${isLast ? '   ' : '│  '}${line}`)]
}

/** What a machine can see of the rules for comments: leftovers, banners, code put to sleep, and missing sentences. */
import { parseSync } from 'oxc-parser'
import type { Comment } from 'oxc-parser'
import type { SourceFile } from '../source/source-file.ts'
import { isTestCode, lineAt } from '../source/source-file.ts'
import { syntaxTree, walkSyntax } from '../source/syntax-tree.ts'

/** A file that is longer than this starts with what it is for. */
const silentLinesMax = 80
/** What is exported and longer than this has a sentence. */
const plainLinesMax = 5

// The words are put together here so that this file does not find itself.
const leftover = new RegExp(`\\b(${['TO', 'DO|FIX', 'ME|XX', 'X|HA', 'CK'].join('')})\\b`) // the parts above are constants
const issue = /#\d+/
const banner = /[=\-*#~_/]{6,}/
const codeLike = /^(const|let|var|import|export|if|for|while|switch|await|async|function|class|throw)\b|[;{}]$|\);?$/

/** Comments that break a rule, and places where a comment is missing, one sentence each. */
export function commentFindings(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [
    ...syntaxTree(file).comments.flatMap((comment) => {
      const wrong = leftoverIn(comment) ?? bannerIn(comment) ?? sleepingCodeIn(comment)
      return wrong === undefined ? [] : [`${file.path}:${lineAt(file.text, comment.start)}: ${wrong}`]
    }),
    ...(isTestCode(file.path) ? [] : [...missingPurpose(file), ...missingSentences(file)]),
  ])
}

function leftoverIn(comment: Comment): string | undefined {
  const word = leftover.exec(comment.value)?.[0]
  return word === undefined || issue.test(comment.value) ? undefined : `\`${word}\` without the number of an issue`
}

function bannerIn(comment: Comment): string | undefined {
  return banner.test(comment.value) ? 'a banner; a comment is a sentence' : undefined
}

/** A line comment that parses as a statement and looks like one was code. */
function sleepingCodeIn(comment: Comment): string | undefined {
  const text = comment.value.trim()
  if (comment.type !== 'Line' || !codeLike.test(text)) return undefined
  const { errors, program } = parseSync('comment.ts', text)
  return errors.length === 0 && program.body.length > 0 ? 'code put to sleep in a comment; git keeps it' : undefined
}

/** What a file is for stands at its top, or right above what it exports first, which it is named after. */
function missingPurpose(file: SourceFile): string[] {
  const lines = lineAt(file.text, file.text.length)
  const first = syntaxTree(file).program.body.find(({ type }) => type !== 'ImportDeclaration')
  const says = startsWithComment(file) || (first !== undefined && endsDocumentation(file, first.start))
  return lines <= silentLinesMax || says
    ? []
    : [`${file.path}: ${lines} lines, and no first comment that says what for`]
}

/**
 * An exported function or class that is longer than a few lines has a sentence. The first comment of a file may be it, for
 * what the file is named after. A short one may do without: a sentence that only says its name again is noise.
 */
function missingSentences(file: SourceFile): string[] {
  const silent: string[] = []
  walkSyntax(file, {
    ExportNamedDeclaration(node) {
      const { declaration } = node
      if (declaration?.type !== 'FunctionDeclaration' && declaration?.type !== 'ClassDeclaration') return
      const line = lineAt(file.text, node.start)
      const isShort = lineAt(file.text, node.end) - line < plainLinesMax
      const name = declaration.id?.name ?? ''
      const isSaidAbove = startsWithComment(file) && isNamesake(file, name)
      if (isShort || isSaidAbove || endsDocumentation(file, node.start)) return
      silent.push(`${file.path}:${line}: \`${name}\` is exported without a sentence`)
    },
  })
  return silent
}

/** `create-user.ts` is named after `createUser`, and after `CreateUser`. */
function isNamesake(file: SourceFile, name: string): boolean {
  return file.path.endsWith(`/${name.replace(/(?<=[a-z0-9])[A-Z]/g, '-$&').toLowerCase()}.ts`)
}

function startsWithComment(file: SourceFile): boolean {
  return /^(#!.*\n)?\/[*/]/.test(file.text)
}

function endsDocumentation(file: SourceFile, offset: number): boolean {
  return /\*\/\s*$|(^|\n)\s*\/\/[^\n]*\n\s*$/.test(file.text.slice(Math.max(0, offset - 400), offset))
}

/**
 * The grammar of the policy language (IAM User Guide, "Grammar of the IAM JSON policy language"): JSON in, document out.
 *
 * An element that the grammar does not know is an error, never ignored: a misspelt `Condition` would otherwise widen an
 * Allow or lose a Deny (negative test F-18). Element names are case-sensitive.
 */
import { lowerCaseAscii } from '../ascii.ts'
import type { JsonMember, JsonNode, JsonObject } from '../json/json-node.ts'
import type { LineIndex } from '../json/line-index.ts'
import { findOperatorName } from './operator-name.ts'
import type {
  ConditionBlock,
  ConditionKey,
  ListElement,
  PolicyDocument,
  PolicyText,
  PolicyVersion,
  PrincipalElement,
  Statement,
} from './policy-document.ts'

export interface GrammarFault {
  readonly code: string
  readonly detail: string
  /** The element, operator or value that is at fault; empty when there is none to name. */
  readonly culprit: string
  readonly offset: number
  readonly path: string
}

interface Reading {
  readonly document: PolicyDocument | undefined
  readonly faults: readonly GrammarFault[]
}

/** The document is undefined exactly when there are faults. */
export function readDocument(node: JsonNode, lines: LineIndex): Reading {
  const reader = new DocumentReader()
  const document = reader.readDocument(node, lines)
  return { document: reader.faults.length === 0 ? document : undefined, faults: reader.faults }
}

const VERSIONS: readonly PolicyVersion[] = ['2012-10-17', '2008-10-17']
const DOCUMENT_ELEMENTS = ['Version', 'Id', 'Statement'] as const
const STATEMENT_ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const

type Elements<Name extends string> = ReadonlyMap<Name, JsonMember>
type StatementElements = Elements<(typeof STATEMENT_ELEMENTS)[number]>

class DocumentReader {
  readonly faults: GrammarFault[] = []

  readDocument(node: JsonNode, lines: LineIndex): PolicyDocument | undefined {
    if (node.kind !== 'object') return this.#wrongType(node, 'an object', '')
    const elements = this.#elementsOf(node, DOCUMENT_ELEMENTS, '')
    const versionElement = this.#readOptionalText(elements.get('Version'), 'Version')
    const version = this.#readVersion(versionElement)
    const id = this.#readOptionalText(elements.get('Id'), 'Id')
    const member = elements.get('Statement')
    if (member === undefined) {
      return this.#fault('MissingElement', node.start, { path: '', culprit: 'Statement', detail: 'no `Statement`' })
    }
    const statements = this.#readStatements(member.value)
    return { version, versionElement, id, statements, lines }
  }

  #readVersion(text: PolicyText | undefined): PolicyVersion {
    const version = VERSIONS.find((known) => known === text?.value)
    if (text !== undefined && version === undefined) {
      const detail = `there is no version \`${text.value}\``
      this.#fault('UnknownVersion', text.offset, { path: 'Version', culprit: text.value, detail })
    }
    return version ?? '2008-10-17'
  }

  #readStatements(node: JsonNode): readonly Statement[] {
    const nodes = node.kind === 'array' ? node.items : [node]
    if (nodes.length === 0) {
      const detail = '`Statement` is empty'
      this.#fault('EmptyElement', node.start, { path: 'Statement', culprit: 'Statement', detail })
    }
    return nodes.flatMap((item, index) => {
      const path = node.kind === 'array' ? `Statement[${index}]` : 'Statement'
      if (item.kind === 'object') return this.#readStatement(item, path) ?? []
      return this.#wrongType(item, 'an object', path) ?? []
    })
  }

  #readStatement(node: JsonObject, path: string): Statement | undefined {
    const elements: StatementElements = this.#elementsOf(node, STATEMENT_ELEMENTS, path)
    const sid = this.#readOptionalText(elements.get('Sid'), `${path}.Sid`)
    const effect = this.#readEffect(node, elements, path)
    const principal = this.#readPrincipal(elements, path)
    const action = this.#readList(elements, ['Action', 'NotAction'], path)
    const resource = this.#readList(elements, ['Resource', 'NotResource'], path)
    const conditions = this.#readConditions(elements.get('Condition'), `${path}.Condition`)
    if (effect === undefined) return undefined
    return { sid, effect, principal, action, resource, conditions, start: node.start, end: node.end }
  }

  #readEffect(node: JsonObject, elements: StatementElements, path: string): PolicyText | undefined {
    const effect = this.#readOptionalText(elements.get('Effect'), `${path}.Effect`)
    if (effect === undefined) {
      if (elements.has('Effect')) return undefined
      return this.#fault('MissingElement', node.start, {
        path,
        culprit: 'Effect',
        detail: 'the statement has no `Effect`',
      })
    }
    const folded = lowerCaseAscii(effect.value)
    if (folded === 'allow' || folded === 'deny') return effect
    const detail = `\`${effect.value}\` is neither \`Allow\` nor \`Deny\``
    return this.#fault('UnknownEffect', effect.offset, { path: `${path}.Effect`, culprit: effect.value, detail })
  }

  #readList(
    elements: StatementElements,
    [plain, complement]: readonly ['Action', 'NotAction'] | readonly ['Resource', 'NotResource'],
    path: string,
  ): ListElement | undefined {
    const member = this.#oneOf(elements, [plain, complement], path)
    if (member === undefined) return undefined
    const isComplement = member.key.value === complement
    const name = isComplement ? complement : plain
    const values = this.#readTexts(member.value, `${path}.${name}`)
    return { name, isComplement, values, offset: member.key.start }
  }

  #readPrincipal(elements: StatementElements, path: string): PrincipalElement | undefined {
    const member = this.#oneOf(elements, ['Principal', 'NotPrincipal'], path)
    if (member === undefined) return undefined
    const { key, value } = member
    const isComplement = key.value === 'NotPrincipal'
    const name = isComplement ? 'NotPrincipal' : 'Principal'
    const element = { name, isComplement, offset: key.start } as const
    const elementPath = `${path}.${name}`
    if (value.kind === 'string' && value.value === '*') {
      return { ...element, types: ['*'], principals: [{ type: '*', value: { value: '*', offset: value.start } }] }
    }
    if (value.kind !== 'object') return this.#wrongType(value, '`"*"` or an object', elementPath)
    const principals = value.members.flatMap(({ key: type, value: named }) =>
      this.#readTexts(named, `${elementPath}.${type.value}`).map((text) => ({ type: type.value, value: text })),
    )
    return { ...element, types: value.members.map(({ key: type }) => type.value), principals }
  }

  /** The grammar lets a statement have an element or its complement. */
  #oneOf(
    elements: StatementElements,
    [plain, complement]: readonly [(typeof STATEMENT_ELEMENTS)[number], (typeof STATEMENT_ELEMENTS)[number]],
    path: string,
  ): JsonMember | undefined {
    const member = elements.get(plain)
    const other = elements.get(complement)
    if (member === undefined || other === undefined) return member ?? other
    const detail = `\`${plain}\` and \`${complement}\` in one statement`
    return this.#fault('ElementAndComplement', other.key.start, {
      path: `${path}.${complement}`,
      culprit: plain,
      detail,
    })
  }

  #readConditions(member: JsonMember | undefined, path: string): readonly ConditionBlock[] {
    if (member === undefined) return []
    if (member.value.kind !== 'object') return this.#wrongType(member.value, 'an object', path) ?? []
    return member.value.members.flatMap(({ key, value }) => {
      const blockPath = `${path}.${key.value}`
      if (value.kind !== 'object') return this.#wrongType(value, 'an object', blockPath) ?? []
      const operator = findOperatorName(key.value)
      // Observed: an operator that does not exist is refused only when it has keys.
      if (operator === undefined && value.members.length > 0) {
        const detail = `there is no condition operator \`${key.value}\``
        this.#fault('UnknownOperator', key.start, { path: blockPath, culprit: key.value, detail })
      }
      return { text: { value: key.value, offset: key.start }, operator, keys: this.#readKeys(value, blockPath) }
    })
  }

  #readKeys(node: JsonObject, path: string): readonly ConditionKey[] {
    const seen = new Set<string>()
    return node.members.map(({ key, value }) => {
      const folded = lowerCaseAscii(key.value)
      if (seen.has(folded)) {
        // Condition keys ignore case, so this is one key twice (Access Analyzer: "Duplicate keys with different case").
        const detail = `the condition key \`${key.value}\` is there twice, in different case`
        this.#fault('DuplicateKey', key.start, { path: `${path}.${key.value}`, culprit: key.value, detail })
      }
      seen.add(folded)
      const values = this.#readScalars(value, `${path}.${key.value}`)
      return { key: { value: key.value, offset: key.start }, values }
    })
  }

  /** A condition value is a string, a number or a boolean, or a list of them; AWS's own policies have `"Bool": {"k": true}`. */
  #readScalars(node: JsonNode, path: string): readonly PolicyText[] {
    const nodes = node.kind === 'array' ? node.items : [node]
    return nodes.flatMap((item) => {
      const offset = item.start
      if (item.kind === 'string') return { value: item.value, offset }
      if (item.kind === 'number') return { value: item.text, offset }
      if (item.kind === 'boolean') return { value: String(item.value), offset }
      return this.#wrongType(item, 'a string, a number or a boolean', path) ?? []
    })
  }

  #readTexts(node: JsonNode, path: string): readonly PolicyText[] {
    const nodes = node.kind === 'array' ? node.items : [node]
    return nodes.flatMap((item, index) => {
      if (item.kind === 'string') return { value: item.value, offset: item.start }
      return this.#wrongType(item, 'a string', node.kind === 'array' ? `${path}[${index}]` : path) ?? []
    })
  }

  #readOptionalText(member: JsonMember | undefined, path: string): PolicyText | undefined {
    if (member === undefined) return undefined
    if (member.value.kind === 'string') return { value: member.value.value, offset: member.value.start }
    return this.#wrongType(member.value, 'a string', path)
  }

  #elementsOf<Name extends string>(node: JsonObject, names: readonly Name[], path: string): Elements<Name> {
    const elements = new Map<Name, JsonMember>()
    for (const member of node.members) {
      const name = names.find((known) => known === member.key.value)
      if (name !== undefined) elements.set(name, member)
      else {
        const { value, start } = member.key
        const detail = `\`${value}\` is not an element of the policy language`
        const place = path === '' ? value : `${path}.${value}`
        this.#fault('UnknownElement', start, { path: place, culprit: value, detail })
      }
    }
    return elements
  }

  #wrongType(node: JsonNode, expected: string, path: string): undefined {
    const found =
      node.kind === 'null' ? '`null`' : `${node.kind === 'array' || node.kind === 'object' ? 'an' : 'a'} ${node.kind}`
    return this.#fault('WrongType', node.start, {
      path,
      culprit: '',
      detail: `${found} where ${expected} should be`,
    })
  }

  #fault(
    code: string,
    offset: number,
    what: { readonly path: string; readonly culprit: string; readonly detail: string },
  ): undefined {
    this.faults.push({ code, offset, ...what })
    return undefined
  }
}

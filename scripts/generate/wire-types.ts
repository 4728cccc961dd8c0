import type { ServiceFile, ShapeFile } from './read-model.ts'

/** The TypeScript of each service's shapes and of the map of operations, by file name. */
export function wireTypes(services: readonly ServiceFile[]): Map<string, string> {
  const declared = new Map<string, { module: string; text: string }>()
  const files = new Map<string, string>()
  for (const service of services) files.set(`${service.service}-types.ts`, serviceTypes(service, declared))
  files.set('operations.ts', operationTypes(services))
  return files
}

/** Interfaces and unions of one service; what an earlier service declares in the same words (Tag) is imported from there. */
function serviceTypes(service: ServiceFile, declared: Map<string, { module: string; text: string }>): string {
  const module = `./${service.service}-types.ts`
  const imports: string[] = []
  const declarations: string[] = []
  for (const [name, shape] of Object.entries(service.shapes)) {
    const text = declaration(service, name, shape)
    if (text === undefined) continue
    const earlier = declared.get(typeName(name))
    if (earlier === undefined) {
      declared.set(typeName(name), { module, text })
      declarations.push(text)
    } else if (earlier.text === text) {
      imports.push(`import type { ${typeName(name)} } from '${earlier.module}'\n`)
    } else {
      throw new Error(`two services declare \`${name}\` differently`)
    }
  }
  return `${header(service)}${[imports.join(''), ...declarations].filter((part) => part !== '').join('\n')}`
}

function declaration(service: ServiceFile, name: string, shape: ShapeFile): string | undefined {
  if (isEnumeration(shape)) {
    return `export type ${typeName(name)} =\n${shape.enum.map((value) => `  | ${literal(value)}`).join('\n')}\n`
  }
  if (shape.type !== 'structure') return undefined
  const members = Object.entries(shape.members ?? {})
  if (members.length === 0) return `export type ${typeName(name)} = Record<string, never>\n`
  const lines = members.map(([member, target]) => {
    const type = reference(service, target)
    return shape.required?.includes(member)
      ? `  readonly ${member}: ${type}`
      : `  readonly ${member}?: ${type} | undefined`
  })
  return `export interface ${typeName(name)} {\n${lines.join('\n')}\n}\n`
}

const simpleTypes = new Map([
  ['string', 'string'],
  ['integer', 'number'],
  ['boolean', 'boolean'],
  ['timestamp', 'Date'],
  ['blob', 'Uint8Array'],
])

/** The TypeScript type of a member, element or value that has the shape `name`. */
function reference(service: ServiceFile, name: string): string {
  const simple = simpleTypes.get(name)
  if (simple !== undefined) return simple
  const shape = service.shapes[name]
  if (shape === undefined) throw new Error(`shape \`${name}\` is not declared`)
  if (shape.type === 'structure' || isEnumeration(shape)) return typeName(name)
  if (shape.type === 'list') return `readonly ${reference(service, shape.member ?? '')}[]`
  if (shape.type !== 'map') return reference(service, shape.type)
  const key = reference(service, shape.key ?? '')
  const value = reference(service, shape.value ?? '')
  return key === 'string' ? `Readonly<Record<string, ${value}>>` : `Readonly<Partial<Record<${key}, ${value}>>>`
}

/** The map from operation to its types: the one list of what exists. */
function operationTypes(services: readonly ServiceFile[]): string {
  const imports = services.map(({ service }) => `import type * as ${service} from './${service}-types.ts'\n`)
  const entries = services.flatMap((service) =>
    Object.entries(service.operations).map(([name, { input, output, errors }]) => {
      const type = (shape: string | undefined): string =>
        shape === undefined ? 'Record<string, never>' : `${service.service}.${typeName(shape)}`
      const codes = errors.length === 0 ? ['never'] : errors.map(literal)
      return `  ${name}: {
    service: ${literal(service.service)}
    input: ${type(input)}
    output: ${type(output)}
    error: ${codes.join(' | ')}
  }`
    }),
  )
  const common = services.map(({ service, commonErrors }) => {
    const codes = Object.keys(commonErrors)
    return `  ${service}: ${codes.length === 0 ? 'never' : codes.map(literal).join(' | ')}`
  })
  return `${notice}${imports.join('')}
/** Every operation: its service, the types of input and output, and the error codes of its own, as they are on the wire. */
export interface Operations {
${entries.join('\n')}
}

/** The error codes that every operation of a service may answer. */
export interface CommonErrors {
${common.join('\n')}
}
`
}

/** Shape names that AWS begins in lower case (statusType) begin in upper case as types, as in the SDKs. */
function typeName(shape: string): string {
  return shape.charAt(0).toUpperCase() + shape.slice(1)
}

/** An open enumeration is known to hold other values as well, so its type is string. */
function isEnumeration(shape: ShapeFile): shape is ShapeFile & { readonly enum: readonly string[] } {
  return shape.enum !== undefined && shape.open !== true
}

function literal(text: string): string {
  return `'${text}'`
}

const notice = '// Generated by scripts/generate.ts from model/; edits are lost.\n'

function header(service: ServiceFile): string {
  return `${notice}// ${service.source}; ${service.date}\n\n`
}

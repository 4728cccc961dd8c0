/**
 * awsQuery decoding. A parameter's name is walked along the input shape (`Tags.member.1.Key`: member of the structure, element of the list,
 * member of the structure), so what the model does not know is ignored wherever it stands, depth is bounded by the model, and memory by the
 * number of parameters. Names match exactly; nothing is ever looked up in an object that has a prototype.
 */
import type { Form } from '../form.ts'
import type { Input, OperationModel, OperationName } from '../service.ts'
import { isScalar, type MapShape, memberShapes, type Shape, type StructureShape } from '../shape.ts'
import { StructureBranch } from './branch.ts'
import { parseScalar } from './scalar.ts'

/**
 * Decodes the parameters of a form into the input of an operation. Members that are absent stay absent; constraints are `validate`'s work.
 * Throws a Fault (MalformedInput) for numbers and booleans that cannot be read, and for lists and maps that are not formed as AWS demands.
 */
export function decodeQuery<N extends OperationName>(operation: OperationModel<N>, form: Form): Input<N> {
  const input = operation.input === undefined ? {} : decodeStructure(operation.input, form)
  return input
}

function decodeStructure(shape: StructureShape, form: Form): object {
  const shapes = memberShapes(shape)
  const scalars: Record<string, unknown> = {}
  let composites: StructureBranch | undefined
  for (const [name, value] of form) {
    const dot = name.indexOf('.')
    const member = dot === -1 ? name : name.slice(0, dot)
    const target = shapes.get(member)
    if (target === undefined) continue
    if (dot === -1 && isScalar(target)) {
      scalars[member] = parseScalar(target, value)
      continue
    }
    const segments = name.split('.', segmentsMax)
    if (!isKnown(target, segments, 1)) continue
    composites ??= new StructureBranch(shape)
    composites.place({ segments, position: 0 }, value)
  }
  return composites === undefined ? scalars : { ...scalars, ...composites.finish() }
}

/** Enough for ten nested lists of structures; the model's deepest name has six segments. */
const segmentsMax = 32

/** Whether the model knows a name, from `position` on, for a value of a shape; what is wrong with a known name is found when it is placed. */
function isKnown(shape: Shape, segments: readonly string[], position: number): boolean {
  const segment = segments[position]
  if (segment === undefined) return true
  switch (shape.kind) {
    case 'structure': {
      const member = memberShapes(shape).get(segment)
      return member !== undefined && isKnown(member, segments, position + 1)
    }
    case 'list':
      return segment === 'member' && isKnown(shape.element, segments, position + 2)
    case 'map':
      return segment === 'entry' && isKnownInEntry(shape, segments, position + 2)
    case 'string':
    case 'integer':
    case 'boolean':
    case 'timestamp':
    case 'blob':
      return true
  }
}

function isKnownInEntry(shape: MapShape, segments: readonly string[], position: number): boolean {
  if (segments[position] === 'value') return isKnown(shape.value, segments, position + 1)
  return segments[position] === 'key' || position >= segments.length
}

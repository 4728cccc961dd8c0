/**
 * awsQuery decoding. A parameter's name is walked along the input shape (`Tags.member.1.Key`: member of the structure, element of the list,
 * member of the structure), so what the model does not know is ignored wherever it stands, depth is bounded by the model, and memory by the
 * number of parameters. Names match exactly; nothing is ever looked up in an object that has a prototype.
 */
import type { Form } from '../form.ts'
import type { Input, OperationModel, OperationName } from '../service.ts'
import { isScalar, memberShapes, type StructureShape } from '../shape.ts'
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
    composites ??= new StructureBranch(shape)
    composites.place({ segments: name.split('.', segmentsMax), position: 0 }, value)
  }
  return composites === undefined ? scalars : { ...scalars, ...composites.finish() }
}

/** Enough for ten nested lists of structures; the model's deepest name has six segments. */
const segmentsMax = 32

import { services } from '../src/index.ts'
import type { OperationModel, Shape } from '../src/index.ts'

/** A shape, and the members that lead to it from the input or output. */
export interface Place {
  readonly shape: Shape
  readonly path: readonly string[]
}

/** A shape and everything below it. */
export function* walkShape(shape: Shape | undefined, path: readonly string[] = []): Generator<Place> {
  if (shape === undefined) return
  yield { shape, path }
  if (shape.kind === 'structure') {
    for (const member of shape.members) yield* walkShape(member.shape, [...path, member.name])
  }
  if (shape.kind === 'list') yield* walkShape(shape.element, path)
  if (shape.kind === 'map') {
    yield* walkShape(shape.key, path)
    yield* walkShape(shape.value, path)
  }
}

/** Every operation of every service. */
export function allOperations(): OperationModel[] {
  return [...services.values()].flatMap((service) => [...service.operations.values()])
}

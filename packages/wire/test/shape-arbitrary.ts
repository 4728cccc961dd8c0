/** Random values of a shape that keep its constraints, from which the round trips are made. */
import fc from 'fast-check'
import type { ListShape, MapShape, Member, Shape, StringShape, StructureShape } from '../src/shape.ts'
import { patternTest } from '../src/validation/pattern.ts'

/**
 * The SDK does not send everything (no empty structure inside another, no empty map), and does not read everything (text that is nothing but
 * white space with a line feed in it becomes empty).
 */
type Direction = 'input' | 'output'

/** A whole input or output that keeps the model's constraints; it may be empty. */
export function valueArbitrary(shape: StructureShape | undefined, direction: Direction): fc.Arbitrary<object> {
  return shape === undefined ? fc.constant({}) : recordOf(shape.members, direction)
}

function partArbitrary(shape: Shape, direction: Direction): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'structure':
      return shape.isUnion ? unionArbitrary(shape, direction) : structureArbitrary(shape, direction)
    case 'list':
      return listArbitrary(shape, direction)
    case 'map':
      return mapArbitrary(shape, direction)
    case 'string':
      return direction === 'input' ? stringArbitrary(shape) : stringArbitrary(shape).filter(isReadByTheSdk)
    case 'integer':
      return fc.integer({ min: shape.min ?? -(2 ** 31), max: shape.max ?? 2 ** 31 - 1 })
    case 'boolean':
      return fc.boolean()
    case 'timestamp':
      // Whole seconds, of years with four digits: what IAM and STS can say.
      return fc.integer({ min: 0, max: 253_402_300_799 }).map((seconds) => new Date(seconds * 1000))
    case 'blob':
      return fc.uint8Array({ maxLength: 40 })
  }
}

function isReadByTheSdk(text: string): boolean {
  return text.trim() !== '' || !text.includes('\n')
}

function structureArbitrary(shape: StructureShape, direction: Direction): fc.Arbitrary<object> {
  const record = recordOf(shape.members, direction)
  return direction === 'output' ? record : record.filter((value) => Object.keys(value).length > 0)
}

function unionArbitrary(shape: StructureShape, direction: Direction): fc.Arbitrary<object> {
  return fc.oneof(...shape.members.map((member) => recordOf([{ ...member, isRequired: true }], direction)))
}

function recordOf(members: readonly Member[], direction: Direction): fc.Arbitrary<object> {
  const parts = Object.fromEntries(members.map(({ name, shape }) => [name, partArbitrary(shape, direction)]))
  const requiredKeys = members.filter(({ isRequired }) => isRequired).map(({ name }) => name)
  return fc.record(parts, { requiredKeys, noNullPrototype: true })
}

const sizeMax = 5

function listArbitrary({ element, min = 0, max = sizeMax }: ListShape, direction: Direction): fc.Arbitrary<unknown[]> {
  const maxLength = Math.max(min, Math.min(max, sizeMax))
  return fc.array(partArbitrary(element, direction), { minLength: min, maxLength })
}

function mapArbitrary({ key, value, min = 0, max = sizeMax }: MapShape, direction: Direction): fc.Arbitrary<object> {
  const minKeys = direction === 'input' ? Math.max(min, 1) : min
  const maxKeys = Math.max(minKeys, Math.min(max, sizeMax))
  return fc.dictionary(stringArbitrary(key), partArbitrary(value, direction), {
    minKeys,
    maxKeys,
    noNullPrototype: true,
  })
}

/** Text of every script and kind that XML can carry, white space and characters beyond the BMP among it. */
const pool = Array.from(
  ' !"#$%&\'()*+,-./0123456789:;<=>?@ABCXYZ[\\]^_`abcxyz{|}~\t\n\r\u0085\u00A0\u00A1\u00E9\u00FF\u0130\u03C2\u2028\u3042\uD7FF\uE000\uFEFF\uFFFD\u{1F600}\u{10FFFF}',
)

/** Account aliases, whose pattern looks ahead, which `fc.stringMatching` does not do. */
const aliasArbitrary = fc.string({ unit: fc.constantFrom('a', 'm', 'z', '0', '9', '-'), minLength: 3, maxLength: 12 })

const arbitraries = new Map<StringShape, fc.Arbitrary<string>>()

function stringArbitrary(shape: StringShape): fc.Arbitrary<string> {
  const known = arbitraries.get(shape)
  if (known !== undefined) return known
  const arbitrary = makeStringArbitrary(shape)
  arbitraries.set(shape, arbitrary)
  return arbitrary
}

function makeStringArbitrary({ values, pattern, min: shortest = 0, max = 60 }: StringShape): fc.Arbitrary<string> {
  if (values !== undefined) return fc.constantFrom(...values)
  const isMatch = pattern === undefined ? () => true : patternTest(pattern)
  const min = isMatch('') ? shortest : Math.max(shortest, 1)
  const unit = pool.filter(isMatch)
  // A pattern that is a class of characters, repeated, accepts each alone and all together.
  if (unit.length > 0 && isMatch([...unit, ...unit].join(''))) {
    const maxLength = Math.max(min, Math.min(max, min + 20))
    return fc.array(fc.constantFrom(...unit), { minLength: min, maxLength }).map((characters) => characters.join(''))
  }
  if (pattern?.includes('(?!')) return aliasArbitrary.filter(isMatch)
  const flags = /\\[pu]\{/.test(pattern ?? '') ? 'u' : ''
  const expression = new RegExp(`^(?:${pattern})$`, flags) // The text is the model's.
  return fc.stringMatching(expression, { maxLength: 80 }).filter((text) => text.length >= min && text.length <= max)
}

/**
 * Modelled constraints: required members, lengths, ranges, patterns, enumerations. A structure's check is put together once, on first use.
 * Paths are written as AWS writes them: `tags.1.member.key`, only the first letter of each name in lower case (`sAMLMetadataDocument`).
 */
import { isRecord } from '../record.ts'
import type { OperationModel } from '../service.ts'
import { isScalar, type ListShape, type MapShape, type Shape, type StructureShape } from '../shape.ts'
import { Report } from './report.ts'
import { type Check, constraintsOf, scalarCheck, scalarTest } from './scalar-check.ts'
import {
  elementsSatisfy,
  keysSatisfy,
  lengthAtLeast,
  lengthAtMost,
  memberMustNotBeNull,
  valuesSatisfy,
} from './sentence.ts'

/**
 * Checks a decoded input against the constraints of its operation. Throws a Fault (ValidationError, or ValidationException on awsJson) that
 * names every violation in AWS's words.
 */
export function validate(operation: OperationModel, input: unknown): void {
  if (operation.input === undefined) return
  const report = new Report(operation.service)
  structureCheck(operation.input)(input, '', report)
  report.finish()
}

/** The check of a value; undefined where nothing can be wrong with it. */
function checkOf(shape: Shape): Check | undefined {
  switch (shape.kind) {
    case 'structure':
      return structureCheck(shape)
    case 'list':
      return listCheck(shape)
    case 'map':
      return mapCheck(shape)
    case 'string':
    case 'integer':
    case 'boolean':
    case 'timestamp':
    case 'blob':
      return scalarCheck(shape)
  }
}

const structureChecks = new WeakMap<StructureShape, Check>()

function structureCheck(shape: StructureShape): Check {
  const known = structureChecks.get(shape)
  if (known !== undefined) return known
  const check = makeStructureCheck(shape)
  structureChecks.set(shape, check)
  return check
}

function makeStructureCheck({ members, isUnion }: StructureShape): Check {
  const checks = members.map(({ name, shape, isRequired }) => ({
    name,
    segment: pathSegment(name),
    isRequired,
    check: checkOf(shape),
  }))
  return (value, path, report) => {
    if (!isRecord(value)) throw new TypeError(`\`${path}\` is no structure`)
    const prefix = path === '' ? '' : `${path}.`
    let present = 0
    for (const { name, segment, isRequired, check } of checks) {
      const member = value[name]
      if (member !== undefined) {
        present += 1
        check?.(member, prefix + segment, report)
      } else if (isRequired) report.addNull(prefix + segment, memberMustNotBeNull)
    }
    // The model has one union (PolicyIdentifier); how AWS words this is not known.
    if (isUnion && present !== 1) report.add(path, 'Member must have exactly one of its members')
  }
}

function listCheck(shape: ListShape): Check {
  const checkElements = isScalar(shape.element)
    ? scalarElementsCheck(shape.element)
    : compositeElementsCheck(shape.element)
  return (value, path, report) => {
    if (!Array.isArray(value)) throw new TypeError(`\`${path}\` is no list`)
    checkSize(shape, value.length, { path, report })
    checkElements(value, path, report)
  }
}

type ElementsCheck = (elements: readonly unknown[], path: string, report: Report) => void

/** Observed on UntagUser: however many keys are wrong, and in whatever way, the list has one violation, which names every constraint. */
function scalarElementsCheck(shape: Shape & Parameters<typeof scalarTest>[0]): ElementsCheck {
  const isValid = scalarTest(shape)
  const sentence = elementsSatisfy(constraintsOf(shape))
  return (elements, path, report) => {
    if (!elements.every(isValid)) report.add(path, sentence)
  }
}

function compositeElementsCheck(shape: Shape): ElementsCheck {
  const check = checkOf(shape)
  const sentence = elementsSatisfy([memberMustNotBeNull])
  return (elements, path, report) => {
    if (elements.includes(undefined)) report.add(path, sentence)
    for (const [index, element] of elements.entries()) {
      if (element !== undefined) check?.(element, `${path}.${index + 1}.member`, report)
    }
  }
}

function mapCheck(shape: MapShape): Check {
  const isKeyValid = scalarTest(shape.key)
  const keysSentence = keysSatisfy(constraintsOf(shape.key))
  const checkValues = mapValuesCheck(shape.value)
  return (value, path, report) => {
    if (!isRecord(value)) throw new TypeError(`\`${path}\` is no map`)
    const keys = Object.keys(value)
    checkSize(shape, keys.length, { path, report })
    if (!keys.every(isKeyValid)) report.add(path, keysSentence)
    checkValues(value, path, report)
  }
}

function mapValuesCheck(
  shape: Shape,
): (values: Readonly<Record<string, unknown>>, path: string, report: Report) => void {
  const isValid = isScalar(shape) ? scalarTest(shape) : (value: unknown) => value !== undefined
  const sentence = valuesSatisfy(isScalar(shape) ? constraintsOf(shape) : [memberMustNotBeNull])
  const check = isScalar(shape) ? undefined : checkOf(shape)
  return (values, path, report) => {
    if (!Object.values(values).every(isValid)) report.add(path, sentence)
    for (const [key, value] of Object.entries(values)) {
      if (value !== undefined) check?.(value, `${path}.${key}.member`, report)
    }
  }
}

function checkSize(
  { min, max }: ListShape | MapShape,
  size: number,
  { path, report }: { path: string; report: Report },
): void {
  if (max !== undefined && size > max) report.add(path, lengthAtMost(max))
  if (min !== undefined && size < min) report.add(path, lengthAtLeast(min))
}

function pathSegment(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

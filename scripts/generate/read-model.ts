import { readFileSync } from 'node:fs'
import path from 'node:path'

/** One service of `model/`, as its file has it. */
export interface ServiceFile {
  readonly source: string
  readonly date: string
  readonly service: 'iam' | 'sts' | 'iamd'
  readonly protocol: 'awsQuery' | 'awsJson1.1'
  readonly version: string
  readonly xmlNamespace?: string
  readonly targetPrefix?: string
  readonly commonErrors: Readonly<Record<string, number>>
  readonly errors: Readonly<Record<string, number>>
  readonly operations: Readonly<Record<string, OperationFile>>
  readonly shapes: Readonly<Record<string, ShapeFile>>
}

/** An operation: names of shapes (absent where there is none) and error codes. */
export interface OperationFile {
  readonly input?: string
  readonly output?: string
  readonly errors: readonly string[]
}

/** A shape; which members are present depends on `type`. */
export interface ShapeFile {
  readonly type: string
  readonly members?: Readonly<Record<string, string>>
  readonly required?: readonly string[]
  readonly union?: boolean
  readonly member?: string
  readonly key?: string
  readonly value?: string
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly sentence?: string
  readonly enum?: readonly string[]
  readonly open?: boolean
  readonly sensitive?: boolean
}

/** The services in the order in which generated files name them. */
export function readModel(): readonly ServiceFile[] {
  return ['iam', 'sts', 'iamd'].map((name) => {
    const service: ServiceFile = JSON.parse(
      readFileSync(path.join(import.meta.dirname, `../../model/${name}.json`), 'utf8'),
    )
    return service
  })
}
